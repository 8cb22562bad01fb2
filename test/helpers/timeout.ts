// Of one test, on a slow machine; those that run Terraform set more.
jest.setTimeout(120_000);
