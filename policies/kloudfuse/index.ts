export { type Counts, findKloudfuse, type Kloudfuse } from "./kloudfuse";
export { BACKUP, HTTP, ROLES, SECRET } from "./paths";
export type { Mark, Marks } from "./recognize";
export { LOG_GROUP, STREAM, type PlannedStream } from "./stream";
