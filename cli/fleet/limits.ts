/** Our choice: AWS limits most APIs for each account and region, and this many targets keep a processor busy. */
export const MAX_CONCURRENT_TARGETS = 8;
