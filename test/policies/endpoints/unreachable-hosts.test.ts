import { unreachable } from "../../../policies/endpoints/unreachable-hosts";

describe("a host is not reachable from the internet", () => {
  test.each([
    ["0.0.0.0", "not a public address (unspecified)"],
    ["0.255.255.255", "not a public address (unspecified)"],
    ["10.0.0.0", "not a public address (private)"],
    ["10.255.255.255", "not a public address (private)"],
    ["100.64.0.0", "not a public address (private)"],
    ["100.127.255.255", "not a public address (private)"],
    ["127.0.0.1", "not a public address (loopback)"],
    ["169.254.169.254", "not a public address (link-local)"],
    ["172.16.0.0", "not a public address (private)"],
    ["172.31.255.255", "not a public address (private)"],
    ["192.0.0.255", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["192.0.2.1", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["192.168.255.255", "not a public address (private)"],
    ["198.18.0.0", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["198.19.255.255", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["198.51.100.7", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["203.0.113.7", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["224.0.0.0", "not a public address (multicast)"],
    ["239.255.255.255", "not a public address (multicast)"],
    ["240.0.0.0", "not a public address (reserved, such as for documentation or benchmarks)"],
    ["255.255.255.255", "not a public address (broadcast)"],
    ["kfuse.svc.cluster.local", "a name in .cluster.local, which is not in the public DNS"],
    ["ip-10-0-0-1.ec2.internal", "a name in .internal, which is not in the public DNS"],
    ["ingester.kfuse.svc", "a name in .svc, which is not in the public DNS"],
    ["kfuse.local.", "a name in .local, which is not in the public DNS"],
    ["localhost", "a name in .localhost, which is not in the public DNS"],
    ["kfuse.home.arpa", "a name in .home.arpa, which is not in the public DNS"],
    ["010.000.0.001", "not a public address (private)"],
    ["kfuse.lan", "a name in .lan, which is not in the public DNS"],
    ["kfuse.corp", "a name in .corp, which is not in the public DNS"],
    ["internal-kfuse-123.us-east-1.elb.amazonaws.com", "an internal load balancer"],
    ["internal-kfuse-123.cn-north-1.elb.amazonaws.com.cn", "an internal load balancer"],
    ["vpce-0a1b-c2d3.vpce-svc-4e5f.us-east-1.vpce.amazonaws.com", "a VPC endpoint"],
    ["10.0.0.5.nip.io", "not a public address (private)"],
    ["kfuse-10-0-0-5.sslip.io", "not a public address (private)"],
    ["kfuse", "a name without a domain"],
    ["kfuse-1.", "a name without a domain"],
  ])("%s: %s", (host, reason) => {
    expect(unreachable(host)).toBe(reason);
  });

  test.each([
    ...["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"],
    ...["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255"],
    ...["192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"],
    ...["kfuse.example.com", "internal.example.com", "svc.example.com.", "kfuse.notlocal.com"],
    ...["kfuse-123.us-east-1.elb.amazonaws.com", "internal-kfuse.example.com", "8.8.8.8.nip.io"],
    ...["256.0.0.1", "10.0.0.256"],
  ])("but %s is not known to be", (host) => {
    expect(unreachable(host)).toBeUndefined();
  });
});
