import type { TopicSubscription } from "../../../cli/verify/read-topic";
import { subscriptionsOutcome } from "../../../cli/verify/subscriptions";
import { TOPIC_ARN } from "../../helpers/alarms";

const subscription = (state: TopicSubscription["state"], endpoint = "alice@example.com"): TopicSubscription => ({
  protocol: "email",
  endpoint,
  state,
});
const of = (...subscriptions: readonly TopicSubscription[]) => subscriptionsOutcome(TOPIC_ARN, subscriptions);
const CONFIRM = "Confirm it by the link that AWS sent, which is valid for 48 hours; after that, subscribe again.";

describe("the subscriptions of a topic", () => {
  test("are named, masked, where all are confirmed", () => {
    expect(of(subscription("confirmed"), subscription("confirmed", "bob@example.com"))).toEqual({
      name: "subscriptions",
      verdict: "ok",
      found: "2 subscriptions confirmed: a…@example.com (email), b…@example.com (email)",
      remedy: "",
    });
  });

  test("are a note where some are not confirmed", () => {
    expect(of(subscription("confirmed"), subscription("pending", "bob@example.com"))).toEqual({
      name: "subscriptions",
      verdict: "note",
      found: "1 subscription confirmed: a…@example.com (email); 1 not confirmed: b…@example.com (email)",
      remedy: CONFIRM,
    });
  });

  test("are a problem where none is confirmed", () => {
    expect(of(subscription("pending"))).toEqual({
      name: "subscriptions",
      verdict: "problem",
      found: "none is confirmed, nobody is notified; 1 not confirmed: a…@example.com (email)",
      remedy: CONFIRM,
    });
  });

  test("are a problem where there is none, or those that were are deleted", () => {
    const none = {
      name: "subscriptions",
      verdict: "problem",
      found: "there is none: nobody is notified",
      remedy: `Subscribe somebody (alarm_emails), or run aws sns subscribe --topic-arn ${TOPIC_ARN} --protocol email --notification-endpoint <address>`,
    };
    expect(of()).toEqual(none);
    expect(of(subscription("deleted"))).toEqual(none);
  });
});
