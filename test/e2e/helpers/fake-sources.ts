import { FakeAccountPolicies } from "./fake-account-policies";
import { FakeMetricStreams } from "./fake-metric-streams";
import type { FaultProxy } from "./fault-proxy";

/** What feeds the streams and the emulator lacks. */
export interface FakeSources {
  readonly metricStreams: FakeMetricStreams;
  readonly accountPolicies: FakeAccountPolicies;
}

/** Answers for metric streams and account policies, in front of the emulator; after each reset of the proxy anew. */
export const fakeSources = (proxy: FaultProxy): FakeSources => ({
  metricStreams: new FakeMetricStreams(proxy),
  accountPolicies: new FakeAccountPolicies(proxy),
});
