import { InterruptedError, UnrecoverableError } from "../../../cli/aws/call";
import { listEnabledRegions } from "../../../cli/aws/regions";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import { firehoseError, jsonAnswer, type StubRequest, type StubResponse } from "../../helpers/aws-stub";

let aws: AwsServer;
let requests: StubRequest[] = [];
let respond: (request: number) => StubResponse = () => ({});

async function start(variables: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
  aws = await startAwsServer((request) => respond(requests.push(request)), variables);
}

beforeEach(() => {
  requests = [];
  respond = () => jsonAnswer({ Regions: [] });
});

afterEach(async () => {
  await aws.close();
});

const regions = async (signal = new AbortController().signal): Promise<string[]> =>
  await listEnabledRegions({}, signal);

const denied = (): StubResponse => ({
  ...firehoseError(403, "AccessDeniedException"),
  headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
});

describe("the regions of an account", () => {
  test("are those of all pages, sorted", async () => {
    respond = (number) =>
      number === 1
        ? jsonAnswer({ Regions: [{ RegionName: "us-east-1" }, {}], NextToken: "more" })
        : jsonAnswer({ Regions: [{ RegionName: "eu-west-1" }] });
    await start();
    expect(await regions()).toEqual(["eu-west-1", "us-east-1"]);
    expect(requests.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
      { RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"] },
      { RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"], NextToken: "more" },
    ]);
  });

  test("are asked for in the configured region", async () => {
    await start({ AWS_REGION: "eu-central-1" });
    await regions();
    expect(requests[0]?.headers["authorization"]).toContain("/eu-central-1/account/");
  });

  test("are asked for in us-east-1 where no region is configured", async () => {
    await start({ AWS_REGION: undefined });
    await regions();
    expect(requests[0]?.headers["authorization"]).toContain("/us-east-1/account/");
  });

  test("are undetermined where AWS denies it, and may be named instead", async () => {
    respond = denied;
    await start();
    await expect(regions()).rejects.toThrow(
      "AWS denied account:ListRegions. Grant it to the user or role that runs this command. Or name each region with --region instead of --all-regions.",
    );
  });

  test("are not to be named instead where the credentials are refused", async () => {
    respond = () => ({
      ...denied(),
      headers: { "content-type": "application/json", "x-amzn-errortype": "UnrecognizedClientException" },
    });
    await start();
    await expect(regions()).rejects.toThrow(UnrecoverableError);
    await expect(regions()).rejects.toThrow(/run the command again\.$/);
  });

  test("are not asked for once the command is interrupted", async () => {
    await start();
    await expect(regions(AbortSignal.abort())).rejects.toThrow(InterruptedError);
    expect(requests).toEqual([]);
  });

  test("are not asked for with a profile that is not configured", async () => {
    await start();
    await expect(listEnabledRegions({ profile: "nobody" }, new AbortController().signal)).rejects.toThrow(
      'AWS profile "nobody" is not configured',
    );
    expect(requests).toEqual([]);
  });
});
