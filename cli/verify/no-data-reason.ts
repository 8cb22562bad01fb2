/** Why no record comes in, as far as it is known of what feeds a stream. */
export interface NoDataReason {
  readonly found: string;
  readonly remedy: string;
}
