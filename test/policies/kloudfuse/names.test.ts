import { findKloudfuse } from "../../../policies/kloudfuse";
import { partitionOfRole } from "../../../policies/kloudfuse/names";
import { planWith, ROLE, streamChange } from "../../helpers/iam-plan";
import { planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

describe("the partition of a role", () => {
  const partitionIn = (...of: Parameters<typeof planWith>): string | undefined => {
    const plan = planOf(planWith(...of));
    return partitionOfRole(findKloudfuse(plan), resourceAt(plan, ROLE));
  };
  const ROLE_PATH = "http_endpoint_configuration.0.role_arn";

  test("is that of the ARN by which a stream names it", () => {
    expect(partitionIn()).toBe("aws");
  });

  test("is not known where the stream refers to it", () => {
    const stream = streamChange({}, { unknown: [ROLE_PATH], references: { [ROLE_PATH]: [`${ROLE}.arn`] } });
    expect(partitionIn({ stream })).toBeUndefined();
  });

  test("is not known where no stream names it", () => {
    expect(partitionIn({ stream: streamChange({ http: { role_arn: undefined } }) })).toBeUndefined();
  });

  test("is that of the role, and not of one that the plan does not have", () => {
    const foreign = streamChange({ http: { role_arn: "arn:aws-cn:iam::123456789012:role/other" } });
    expect(partitionIn({ stream: foreign })).toBeUndefined();
  });
});
