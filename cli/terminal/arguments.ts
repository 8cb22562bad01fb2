/**
 * The value of an option as it stands on the command line, undefined where it is missing.
 *
 * Read here where commander cannot help: colors are chosen, and errors of commander itself are printed, before or
 * instead of its parsing.
 */
export function optionIn(args: readonly string[], option: string): string | undefined {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const index = own.reduce((last, arg, each) => (arg === option || arg.startsWith(`${option}=`) ? each : last), -1);
  const arg = own[index];
  return arg === option ? own[index + 1] : arg?.slice(option.length + 1);
}
