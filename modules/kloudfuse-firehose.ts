import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { dependable, Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { AlarmFlags, Alarms } from "./alarms";
import { BackupBucket, type IBackupBucket } from "./backup-bucket";
import { checkLiterals, preconditionsOf, propertiesOf, variablePreconditionsOf } from "./check";
import type { Dashboard } from "./dashboard";
import { INPUTS } from "./inputs";
import { addDeliveryPolicies } from "./delivery-policies";
import { DELIVERY_OPTIONS } from "./delivery-options";
import { DeliveryRole, type IDeliveryRole } from "./delivery-role";
import { choose, countWhen, firstNumber, type Flag, isInStackOf, withProvider } from "./expressions";
import { addHealth, type Health, type HealthFlags } from "./health";
import { HttpDeliveryStream } from "./http-delivery-stream";
import { Location } from "./location";
import { errorLogGroupName } from "./log-criteria";
import type { MetricStream } from "./metric-stream";
import { pick } from "./pick";
import { INPUT_PROPERTIES, type KloudfuseFirehoseProps } from "./props";
import { errorLogStreamNames, policyNameSuffix } from "./resource-names";
import { SIGNAL_NAMES, type SignalName, SIGNALS } from "./signals";
import { addSources, type SourceFlags } from "./sources";

/** Flags whose values are known only when Terraform plans. */
export interface VariableFlags {
  readonly creates: Readonly<Record<SignalName | "role", Flag>>;
  /**
   * Whether all resources depend on the checks. Only possible where no input comes from a resource that uses an output,
   * such as a KMS key whose policy names the role: Terraform would report a cycle.
   */
  readonly waitsForChecks: boolean;
  readonly sources: SourceFlags;
  readonly health: Omit<HealthFlags, "alarms"> & { readonly alarms: Omit<AlarmFlags, "createMetricStream"> };
}

/**
 * Sends an AWS account's metrics and logs to Kloudfuse: a delivery stream for each signal, the role
 * that they share, a backup bucket for failed records, and a log group for delivery errors.
 *
 * @example
 * new KloudfuseFirehose(this, "kloudfuse", {
 *   kloudfuseIngesterHost: "kfuse.example.com",
 *   accessKeySecretArn: secret.arn,
 *   role: DeliveryRole.fromRoleArn(this, "role", "arn:aws:iam::123456789012:role/telemetry"),
 * });
 */
export class KloudfuseFirehose extends Construct {
  /** The role that both streams deliver with. */
  public readonly role: IDeliveryRole;
  /** The bucket for failed records. */
  public readonly backupBucket: IBackupBucket;
  /** Log group that Firehose writes delivery errors to. */
  public readonly errorLogGroup: CloudwatchLogGroup;
  /** The permissions that the streams' role needs: policy documents as JSON, by policy name. */
  public readonly rolePolicies: Readonly<Record<string, string>>;
  /**
   * The data source with the preconditions of inputs that are unknown until Terraform plans.
   * @internal
   */
  public readonly checks: ITerraformDependable;
  /** Names of the log groups that have a subscription filter; resources that use them depend on the filters. */
  public readonly subscribedLogGroupNames: string[];
  /**
   * Code of the region, which Terraform knows in every plan once the construct is deployed.
   * @internal
   */
  public readonly region: string;
  readonly #health: Health;
  readonly #metricStream: MetricStream | undefined;
  readonly #streams: ReadonlyMap<SignalName, HttpDeliveryStream>;

  /**
   * @param variables @internal
   * @throws Error naming each literal that breaks a rule, the rule, the value received and what to do
   */
  public constructor(scope: Construct, id: string, props: KloudfuseFirehoseProps, variables?: VariableFlags) {
    const { role, backupBucket, provider, signals = SIGNAL_NAMES } = props;
    const properties = propertiesOf(pick(props, INPUT_PROPERTIES));
    if (variables === undefined) {
      checkLiterals(properties);
      checkSignals(signals);
    }
    super(scope, id);

    const creates = variables?.creates ?? { metrics: signals.includes("metrics"), logs: signals.includes("logs") };
    const location = Location.of(this, provider);
    const streamNames = {
      metrics: props.metricsStreamName ?? INPUTS.metricsStreamName.default,
      logs: props.logsStreamName ?? INPUTS.logsStreamName.default,
    };
    const backupPrefix = props.backupPrefix ?? INPUTS.backupPrefix.default;
    const failurePrefix = (signal: SignalName): string => `${backupPrefix}${SIGNALS[signal].failurePrefix}`;
    const tags = props.tags ?? INPUTS.tags.default;
    const errorLogGroup = errorLogGroupName(streamNames.metrics, streamNames.logs);
    const roleChecks = role !== undefined && isInStackOf(this, role) ? role.preconditions : [];
    const waitsForChecks = variables?.waitsForChecks === true;
    const precondition = [
      ...(variables === undefined
        ? preconditionsOf(this, properties, location)
        : variablePreconditionsOf(properties, location)),
      ...(backupBucket !== undefined && isInStackOf(this, backupBucket) ? backupBucket.preconditions : []),
      // Otherwise the streams have them: the policy of an existing role may contain the documents.
      ...(waitsForChecks ? roleChecks : []),
    ];
    this.errorLogGroup = new CloudwatchLogGroup(this, "errors", {
      name: errorLogGroup,
      retentionInDays: props.errorLogRetentionDays ?? INPUTS.errorLogRetentionDays.default,
      tags,
      ...withProvider(provider),
    });
    this.backupBucket =
      backupBucket ?? new BackupBucket(this, "backup", { kmsKeyArn: props.kmsKeyArn, tags, provider }, {});
    let policiesScope: Construct;
    if (role === undefined) {
      const created = new DeliveryRole(this, "delivery", { tags, provider }, {});
      this.role = created;
      policiesScope = created;
    } else {
      this.role = role;
      policiesScope = new Construct(this, "delivery");
    }

    // The region comes from the ARN of the log group, which is in the state. The data source does not know it while
    // something that the module depends on changes, and Terraform would replace the policies.
    this.region = Token.asString(Fn.element(Fn.split(":", this.errorLogGroup.arn), 3));
    // The name of a stream that exists, so that deployments which share the role do not share policies.
    const ownStreamName = choose(creates.metrics, streamNames.metrics, streamNames.logs);
    const { documents, policies, checks } = addDeliveryPolicies(policiesScope, {
      role: this.role,
      nameSuffix: choose(
        variables?.creates.role ?? role === undefined,
        "",
        policyNameSuffix(this.region, ownStreamName),
      ),
      location,
      streams: SIGNAL_NAMES.map((signal) => ({
        id: signal,
        when: creates[signal],
        streamName: streamNames[signal],
        failurePrefix: failurePrefix(signal),
        errorLogStreamNames: Object.values(errorLogStreamNames(streamNames[signal])),
      })),
      backupBucketArn: this.backupBucket.plannedBucketArn,
      errorLogGroupName: errorLogGroup,
      kmsKeyArn: props.kmsKeyArn,
      accessKeySecretArn: props.accessKeySecretArn,
      precondition,
      provider,
    });
    this.rolePolicies = documents;
    if (waitsForChecks) {
      this.errorLogGroup.dependsOn = [dependable(checks)];
    }
    this.checks = checks;

    const bufferingSizeMb = props.bufferingSizeMb ?? INPUTS.bufferingSizeMb.default;
    const bufferingIntervalSeconds = props.bufferingIntervalSeconds ?? INPUTS.bufferingIntervalSeconds.default;
    const buffering = {
      metrics: [props.metricsBufferingSizeMb, props.metricsBufferingIntervalSeconds],
      logs: [props.logsBufferingSizeMb, props.logsBufferingIntervalSeconds],
    } as const;
    const effectiveIntervals = {
      metrics: firstNumber(buffering.metrics[1], bufferingIntervalSeconds),
      logs: firstNumber(buffering.logs[1], bufferingIntervalSeconds),
    };
    const stream = (signal: SignalName): HttpDeliveryStream =>
      new HttpDeliveryStream(
        this,
        signal,
        {
          streamName: streamNames[signal],
          endpointUrl: `https://${props.kloudfuseIngesterHost}${SIGNALS[signal].endpointPath}`,
          role: this.role,
          permissions: policies,
          backupBucket: this.backupBucket,
          bufferingSizeMb: firstNumber(buffering[signal][0], bufferingSizeMb),
          bufferingIntervalSeconds: effectiveIntervals[signal],
          ...pick(props, DELIVERY_OPTIONS),
          failurePrefix: failurePrefix(signal),
          kmsKeyArn: props.kmsKeyArn,
          errorLogGroup: this.errorLogGroup,
          tags,
          provider,
        },
        {
          ...(variables === undefined ? {} : { count: countWhen(creates[signal]) }),
          ...(waitsForChecks ? {} : { precondition: roleChecks }),
        },
      );
    this.#streams = new Map(
      SIGNAL_NAMES.filter((signal) => creates[signal] !== false).map((signal) => [signal, stream(signal)]),
    );
    const sources = addSources(
      this,
      props,
      {
        streams: this.#streams,
        streamOf: (signal) => this.stream(signal),
        streamNames,
        role: this.role,
        policies,
        region: this.region,
        tags,
        provider,
      },
      variables?.sources,
    );
    this.#metricStream = sources.metricStream;
    this.subscribedLogGroupNames = sources.subscribedLogGroupNames;
    this.#health = addHealth(
      this,
      props,
      {
        streams: this.#streams,
        streamNames,
        creates,
        metricStream: this.#metricStream,
        errorLogGroupName: this.errorLogGroup.name,
        ownStreamName,
        intervals: {
          bufferingIntervalSeconds: props.bufferingIntervalSeconds,
          metricsBufferingIntervalSeconds: props.metricsBufferingIntervalSeconds,
          logsBufferingIntervalSeconds: props.logsBufferingIntervalSeconds,
        },
        effectiveIntervals,
        retryDurationSeconds: props.retryDurationSeconds ?? INPUTS.retryDurationSeconds.default,
        region: this.region,
        tags,
        provider,
      },
      variables === undefined
        ? undefined
        : {
            ...variables.health,
            alarms: { ...variables.health.alarms, createMetricStream: variables.sources.metricStream.create },
          },
    );
  }

  /**
   * The metric stream that feeds the metrics delivery stream.
   * @throws Error when `metricStream` is not set
   */
  public get metricStream(): MetricStream {
    if (this.#metricStream === undefined) {
      throw new Error(
        `metricStream is required to use the metric stream of ${this.node.path}. Set it, for example to {}.`,
      );
    }
    return this.#metricStream;
  }

  /**
   * The alarms of the streams.
   * @throws Error when `alarms` is not set
   */
  public get alarms(): Alarms {
    if (this.#health.alarms === undefined) {
      throw new Error(`alarms is required to use the alarms of ${this.node.path}. Set it, for example to {}.`);
    }
    return this.#health.alarms;
  }

  /**
   * The dashboard of the streams.
   * @throws Error when `dashboard` is not set
   */
  public get dashboard(): Dashboard {
    if (this.#health.dashboard === undefined) {
      throw new Error(`dashboard is required to use the dashboard of ${this.node.path}. Set it, for example to {}.`);
    }
    return this.#health.dashboard;
  }

  /**
   * The metrics delivery stream.
   * @throws Error when `signals` is without metrics
   */
  public get metricsStream(): HttpDeliveryStream {
    return this.stream("metrics");
  }

  /**
   * The logs delivery stream.
   * @throws Error when `signals` is without logs
   */
  public get logsStream(): HttpDeliveryStream {
    return this.stream("logs");
  }

  private stream(signal: SignalName): HttpDeliveryStream {
    const stream = this.#streams.get(signal);
    if (stream === undefined) {
      const created = [...this.#streams.keys()].join('", "');
      throw new Error(
        `signals must contain "${signal}" to use the ${signal} stream of ${this.node.path}, got ["${created}"]. Add "${signal}".`,
      );
    }
    return stream;
  }
}

function checkSignals(signals: readonly SignalName[]): void {
  const isValid =
    signals.length > 0 && new Set(signals).size === signals.length && signals.every((name) => name in SIGNALS);
  if (!isValid) {
    throw new Error(
      `signals must contain one or both of "metrics", "logs", each once, got ${JSON.stringify(signals)}. ` +
        "Leave it out to send both.",
    );
  }
}
