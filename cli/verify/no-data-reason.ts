/** Why no record comes in, as far as the sources of a stream show it. */
export interface NoDataReason {
  readonly found: string;
  readonly remedy: string;
}
