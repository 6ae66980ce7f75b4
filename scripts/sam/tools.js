import { run } from './run.js';

/** What is missing to run functions as Lambda does, and how to get it; empty if nothing is missing. */
export async function missingTools() {
  const engines = await Promise.all(ENGINES.map((engine) => run(engine, ['info'])));
  return [
    ...((await run('sam', ['--version'])).ok ? [] : [NO_SAM]),
    ...(engines.some(({ ok }) => ok) ? [] : [NO_ENGINE]),
  ];
}

const ENGINES = ['docker', 'podman', 'finch'];

export const NO_SAM = `The SAM CLI (sam) is missing. One of these gets it:
  pip install aws-sam-cli
  brew install aws-sam-cli
  https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html`;

const NO_ENGINE = `No container engine answers (docker info, podman info, finch info). One of these gets it:
  https://docs.docker.com/engine/install, or on Debian: apt-get install docker.io
  https://podman.io/docs/installation; set DOCKER_HOST to its socket
  https://github.com/runfinch/finch`;
