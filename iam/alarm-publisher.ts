/** The service principal that publishes for alarms. */
export const CLOUDWATCH = "cloudwatch.amazonaws.com";

/** The action that it needs on a topic. */
export const PUBLISH = "sns:Publish";
