import { Agent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosResponse, isCancel } from 'axios';
import { FedReconError } from '../../protocol/errors.ts';
import { contentDigest, type SigningIdentity, signRequest } from '../../protocol/signatures.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { type Answer, problemError } from './answers.ts';
import { networkError } from './network-errors.ts';

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Path and query, starting with `/`. */
  readonly target: string;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds without a sign of life after which it counts as not there; absent: half a minute. */
  readonly silenceSeconds?: number | undefined;
  /** Signal that stops the request at once; it then throws JobStopped. */
  readonly abort?: AbortSignal | undefined;
  /** Statuses from 400 on that are no error here. */
  readonly accept?: readonly number[];
}

/** HTTPS to one aggregator. Every failure is a FedReconError or JobStopped. */
export interface Transport {
  /** Address of the aggregator: `https://host:port`. */
  readonly address: string;
  /** Sends a request and gives the whole answer. @throws FedReconError of the problem document, or of the network */
  send(request: Request): Promise<Answer<Uint8Array>>;
  /** Sends a request and gives an answer that is read as it comes; status 2xx only. */
  stream(request: Request): Promise<Answer<AsyncIterable<Uint8Array>>>;
  close(): void;
}

/** Time without a sign of life after which the aggregator counts as not there. */
const silenceMilliseconds = 30_000;
const longestAnswer = 16 * 2 ** 20;

/**
 * Opens a transport to one aggregator.
 * @param options.ca the only authority that is trusted, PEM; `undefined` trusts anyone, for the first contact only
 * @param options.identity signs every request
 * @param options.proxy carries the connection, which it cannot look into: `http://host:port`
 */
export function openTransport(
  address: string,
  options: { ca: string | undefined; identity?: SigningIdentity; proxy?: string | undefined },
): Transport {
  const agent = new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.3',
    ...(options.proxy !== undefined && { proxyEnv: { HTTPS_PROXY: options.proxy } }),
    ...(options.ca === undefined ? { rejectUnauthorized: false } : { ca: options.ca }),
  });

  /** Runs a request; `alive` restarts the clock that ends a silent connection. */
  async function ask<Body>(
    request: Request,
    responseType: 'arraybuffer' | 'stream',
  ): Promise<{
    response: AxiosResponse<Body>;
    failure: (thrown: unknown) => Error;
    alive: () => void;
    end: () => void;
  }> {
    const silence = new AbortController();
    const patience =
      request.silenceSeconds === undefined ? silenceMilliseconds : request.silenceSeconds * 1000;
    let timer = setTimeout(() => silence.abort(), patience);
    const end = () => clearTimeout(timer);
    const alive = () => {
      end();
      timer = setTimeout(() => silence.abort(), patience);
    };
    const failure = (thrown: unknown): Error => {
      end();
      if (request.abort?.aborted) return new JobStopped();
      if (silence.signal.aborted)
        return new FedReconError('aggregator-unreachable', { address, problem: 'ETIMEDOUT' });
      if (thrown instanceof FedReconError) return thrown;
      if (isCancel(thrown)) return new JobStopped();
      return networkError(thrown, address, options.proxy);
    };
    const aborts = request.abort ? [silence.signal, request.abort] : [silence.signal];
    try {
      const response = await axios.request<Body>({
        adapter: 'http',
        method: request.method,
        url: new URL(request.target, address).href,
        headers: { ...request.headers, ...signature(request) },
        ...(request.body && {
          data: Buffer.from(request.body.buffer, request.body.byteOffset, request.body.length),
        }),
        transformRequest: [],
        responseType,
        decompress: false,
        httpsAgent: agent,
        maxBodyLength: Number.POSITIVE_INFINITY,
        maxContentLength: responseType === 'stream' ? Number.POSITIVE_INFINITY : longestAnswer,
        maxRedirects: 0,
        // What the environment names is not used; the agent's own proxy is, if the library leaves it alone.
        ...(options.proxy === undefined && { proxy: false }),
        signal: AbortSignal.any(aborts),
        validateStatus: () => true,
        onUploadProgress: alive,
      });
      return { response, failure, alive, end };
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  function signature({ method, target, body }: Request): Record<string, string> {
    if (!options.identity) return {};
    const digest = body === undefined ? undefined : contentDigest(body);
    return signRequest({ method, target, contentDigest: digest }, options.identity);
  }

  return {
    address,
    send: async (request) => {
      const { response, end } = await ask<Buffer>(request, 'arraybuffer');
      end();
      const answer = answerOf(response, new Uint8Array(response.data));
      if (answer.status >= 400 && !request.accept?.includes(answer.status)) throw problemError(answer);
      return answer;
    },
    stream: async (request) => {
      const { response, failure, alive, end } = await ask<Readable>(request, 'stream');
      async function* chunks() {
        try {
          for await (const chunk of response.data as AsyncIterable<Uint8Array>) {
            alive();
            yield chunk;
          }
        } catch (thrown) {
          throw failure(thrown);
        } finally {
          end();
          response.data.destroy();
        }
      }
      if (response.status < 400) return answerOf(response, chunks());
      const body: Uint8Array[] = [];
      for await (const chunk of chunks()) body.push(chunk);
      throw problemError(answerOf(response, Buffer.concat(body)));
    },
    close: () => agent.destroy(),
  };
}

function answerOf<Body>(response: AxiosResponse<unknown>, body: Body): Answer<Body> {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return { status: response.status, headers: Object.fromEntries(headers), body };
}
