import { App } from "cdktf";
import { readBackendSettings } from "./modules/backend";
import { KloudfuseFirehoseStack } from "./modules";

const app = new App();
new KloudfuseFirehoseStack(app, "kloudfuse-firehose", {
  backend: readBackendSettings((key) => app.node.tryGetContext(key), process.env),
});
app.synth();
