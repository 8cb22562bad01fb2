import type { MetricStreamDetails, NamespaceFilter } from "../../../cli/sources/metric-streams";
import { filtersOutcome } from "../../../cli/verify/metric-stream-filters";
import { deployed, DETAILS } from "../../helpers/metric-streams";

describe("the filters of a metric stream", () => {
  const filters = (...namespaces: readonly string[]) => namespaces.map((namespace) => ({ namespace, metricNames: [] }));
  const many = Array.from({ length: 11 }, (_, index) => `N${String(index).padStart(2, "0")}`);
  const foundOf = (fields: Partial<MetricStreamDetails>): string => {
    const { verdict, found } = filtersOutcome({ ...DETAILS, includeFilters: [], ...fields });
    return `${verdict}: ${found}`;
  };

  test.each([
    [{}, "note: all namespaces"],
    [{ includesLinkedAccounts: true }, "note: all namespaces, of linked accounts too"],
    [{ includeFilters: filters("B", "A") }, "ok: 2 namespaces: A, B"],
    [{ excludeFilters: filters("AWS/EBS") }, "ok: all namespaces but 1 namespace: AWS/EBS"],
    [{ includeFilters: filters(...many.slice(1)) }, `ok: 10 namespaces: ${many.slice(1).join(", ")}`],
    [{ includeFilters: filters(...many) }, `ok: 11 namespaces: ${many.slice(0, 10).join(", ")}, and 1 other`],
  ])("%j", (fields, found) => {
    expect(foundOf(fields)).toBe(found);
  });

  test("count the metrics of each namespace", () => {
    const includeFilters = [
      { namespace: "AWS/S3", metricNames: ["one"] },
      { namespace: "AWS/EC2", metricNames: ["one", "two"] },
    ];
    expect(filtersOutcome({ ...DETAILS, includeFilters }).found).toBe(
      "2 namespaces: AWS/EC2 (2 metrics), AWS/S3 (1 metric)",
    );
  });

  test("that are missing say what it costs", () => {
    expect(filtersOutcome({ ...DETAILS, includeFilters: [] }).remedy).toContain("0.13 USD a month for each metric");
  });
});

describe("the filters of a metric stream against Terraform's state", () => {
  const [ec2, s3] = [
    { namespace: "AWS/EC2", metricNames: ["a", "b"] },
    { namespace: "AWS/S3", metricNames: [] },
  ];
  const foundOf = (
    includeFilters: readonly NamespaceFilter[],
    state: ReturnType<typeof deployed>,
    excludeFilters: readonly NamespaceFilter[] = [],
  ): string => {
    const { verdict, found } = filtersOutcome({ ...DETAILS, includeFilters, excludeFilters }, state);
    return `${verdict}: ${found}`;
  };

  test("are as deployed, in whatever order", () => {
    expect(foundOf([s3, { ...ec2, metricNames: ["b", "a"] }], deployed([ec2, s3]))).toBe(
      "ok: 2 namespaces: AWS/EC2 (2 metrics), AWS/S3, as deployed",
    );
    expect(foundOf([], deployed([]))).toBe("note: all namespaces, as deployed");
  });

  test.each([
    [[], deployed([s3]), "problem: all namespaces; deployed, but missing: include AWS/S3"],
    [[s3], deployed([]), "problem: 1 namespace: AWS/S3; not deployed: include AWS/S3"],
    [
      [ec2],
      deployed([{ ...ec2, metricNames: ["a", "c"] }]),
      "problem: 1 namespace: AWS/EC2 (2 metrics); deployed, but missing: include AWS/EC2 c; not deployed: include AWS/EC2 b",
    ],
    [
      [s3],
      deployed([], [s3]),
      "problem: 1 namespace: AWS/S3; deployed, but missing: exclude AWS/S3; not deployed: include AWS/S3",
    ],
  ])("%#", (filters, state, found) => {
    expect(foundOf(filters, state)).toBe(found);
  });

  test("are restored with the resource's address", () => {
    expect(filtersOutcome({ ...DETAILS, includeFilters: [] }, deployed([s3])).remedy).toContain(
      "terraform apply -replace='module.kloudfuse.aws_cloudwatch_metric_stream.metric_stream[0]'",
    );
  });
});
