/** Input that is not a plan that can be evaluated. */
export class UnusablePlan extends Error {}
