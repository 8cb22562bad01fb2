/** Text as it stands in the cell of a table. */
export const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
