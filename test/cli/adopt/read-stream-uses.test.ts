import { readStreamUses } from "../../../cli/adopt/read-stream-uses";
import { Json } from "../../e2e/helpers/json";
import { actionOf, firehoseStub, jsonAnswer } from "../../helpers/aws-stub";

test("the roles and buckets of other delivery streams are those of any kind of destination, each once", async () => {
  const described = new Array<string>();
  const firehose = firehoseStub((request) => {
    if (actionOf(request) === "ListDeliveryStreams") {
      return jsonAnswer({ DeliveryStreamNames: ["own", "clicks", "empty"], HasMoreDeliveryStreams: false });
    }
    const name = Json.parse(request.body.toString()).at("DeliveryStreamName").text;
    described.push(name);
    const s3 = { RoleARN: "a", Prefix: "p", BucketARN: "c" };
    return jsonAnswer({
      DeliveryStreamDescription: {
        Destinations:
          name === "clicks" ? [{ RedshiftDestinationDescription: { RoleARN: "b", S3DestinationDescription: s3 } }] : [],
      },
    });
  });
  expect(await readStreamUses({ firehose }, ["own"])).toEqual({
    roles: [
      { roleArn: "b", user: "delivery stream clicks" },
      { roleArn: "a", user: "delivery stream clicks" },
    ],
    buckets: [{ bucketArn: "c", user: "delivery stream clicks" }],
  });
  expect(described).toEqual(["clicks", "empty"]);
});
