import { forwardingOutcomes } from "../../../cli/verify/forwarding";
import type { Forwarding } from "../../../cli/verify/read-forwarding";
import { events, forwarding } from "../../helpers/log-sources";

describe("the events that CloudWatch Logs forwards", () => {
  const lines = (fields: Partial<Forwarding>): string[] =>
    forwardingOutcomes(forwarding(fields)).map(({ verdict, name, found }) => `${verdict} | ${name} | ${found}`);

  test.each([
    [events({ "/a": 0 }), "ok | DeliveryErrors | none"],
    [events({ "/a": 1, "/b": 0 }), "problem | DeliveryErrors | 1 log event: /a 1"],
    [events({ "/a": 2, "/b": 1200 }), "problem | DeliveryErrors | 1,202 log events: /b 1,200, /a 2"],
    [events({ "": 3 }), "problem | DeliveryErrors | 3 log events: account policy 3"],
    [events(), "ok | DeliveryErrors | no data, while 100 log events were forwarded"],
    [events({ "/a": 0 }, 1), "note | DeliveryErrors | none of 1 log group; 1 other metric was not read"],
    [events({ "/a": 5 }, 2), "problem | DeliveryErrors | 5 log events: /a 5; 2 other metrics were not read"],
  ])("%#", (deliveryErrors, line) => {
    expect(lines({ deliveryErrors })[0]).toBe(line);
  });

  test("may be throttled", () => {
    expect(lines({ deliveryThrottling: events({ "/a": 7 }) })[1]).toBe(
      "problem | DeliveryThrottling | 7 log events: /a 7",
    );
  });

  test("agree with a number of one", () => {
    expect(lines({ deliveryErrors: events(), forwarded: events({ "/a": 1 }) })[0]).toBe(
      "ok | DeliveryErrors | no data, while 1 log event was forwarded",
    );
  });

  test.each([events(), events({ "/a": 0 })])("are not known to pass where none was forwarded", (forwarded) => {
    expect(lines({ forwarded, deliveryErrors: events(), deliveryThrottling: events() })).toEqual([
      "note | DeliveryErrors | no data: CloudWatch has no ForwardedLogEvents either",
      "note | DeliveryThrottling | no data: CloudWatch has no ForwardedLogEvents either",
    ]);
  });
});
