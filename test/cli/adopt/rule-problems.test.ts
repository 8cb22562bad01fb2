import { ruleProblems } from "../../../cli/adopt/rule-problems";
import { linesOf } from "../../helpers/adoption";

const HOST = { kloudfuseIngesterHost: "kfuse.example.com" };

describe("inputs that Terraform would reject", () => {
  test("are none of the guide's", () => {
    expect(ruleProblems({ ...HOST, accountPolicyName: null })).toEqual([]);
  });

  test("are a decision with the rule and the value", () => {
    const items = ruleProblems({ ...HOST, errorLogRetentionDays: 2 });
    expect(linesOf({ items })[0]).toMatch(/^decide inputs: error_log_retention_days: must be one of 1, 3, .*, got 2$/);
    expect(items[0]?.remedy).toBe("CloudWatch Logs accepts no other retention.");
  });

  test("are the tags that AWS accepted, one service with a wider rule than another", () => {
    const items = ruleProblems({ ...HOST, tags: { team: "x", Team: "y" } });
    expect(linesOf({ items })).toEqual([
      'decide inputs: tags: must have names that differ by more than their case, got "Team", "team"',
    ]);
    expect(items[0]?.remedy).toBe("Change these tags on the resources, and run the command again.");
  });

  test("are those that cannot work together", () => {
    expect(linesOf({ items: ruleProblems({ ...HOST, logsStreamName: "kloudfuse-metrics" }) })).toEqual([
      'decide inputs: logs_stream_name: logs_stream_name must not equal metrics_stream_name, got "kloudfuse-metrics" for both. Choose a different name for each stream.',
    ]);
  });
});
