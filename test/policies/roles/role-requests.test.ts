import { namesOfLinked } from "../../../policies/roles/role-requests";
import { planWith, STREAM, streamChange } from "../../helpers/iam-plan";
import { planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const BUCKET_PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";

describe("the names of a linked resource", () => {
  const namesIn = (...of: Parameters<typeof planWith>): readonly string[] => {
    const plan = planOf(planWith(...of));
    const link = plan.linked(resourceAt(plan, STREAM), BUCKET_PATH, "aws_s3_bucket");
    return namesOfLinked(link).map(([{ address }, path]) => `${address} ${path}`);
  };

  test("are all paths that may hold its ARN or its name", () => {
    expect(namesIn()).toEqual(
      ["arn", "id", "name", "bucket", "function_name", "key_id"].map((path) => `aws_s3_bucket.backup ${path}`),
    );
  });

  test("are none where the plan does not have the resource", () => {
    expect(namesIn({ bucket: undefined })).toEqual([]);
  });

  test("are none where nothing is named", () => {
    expect(namesIn({ stream: streamChange({ backup: { bucket_arn: undefined } }) })).toEqual([]);
  });
});
