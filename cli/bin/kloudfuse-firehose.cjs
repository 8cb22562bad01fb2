#!/usr/bin/env node
// npm links the command before it is built, so that it links to this file.
require("../dist/main.js");
