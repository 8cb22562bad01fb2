/** Whether the rule of a composite alarm names an alarm: as `ALARM(name)`, `ALARM("name")`, or by its ARN. */
export const namesAlarm = (rule: string, name: string): boolean =>
  [...rule.matchAll(/\(\s*"?(?:arn:[^"()]*:alarm:)?([^"()]+?)"?\s*\)/g)].some(([, named]) => named === name);
