const REASONS: Readonly<Record<string, string>> = {
  EACCES: "access is denied",
  EISDIR: "it is a folder",
  ENOENT: "it does not exist",
  ENOTDIR: "it is not a folder",
};

/** Why a file cannot be read. */
export const readErrorReason = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error
    ? (REASONS[String(error.code)] ?? String(error.code))
    : String(error);
