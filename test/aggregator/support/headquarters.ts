import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf } from '../../../aggregator/folder/certificates.ts';
import { DataFolder } from '../../../aggregator/folder/data-folder.ts';
import {
  type AdminCommand,
  type AdminInput,
  type AdminOutput,
  runAdminCommand,
} from '../../../aggregator/headquarters/admin-commands.ts';
import { initialise } from '../../../aggregator/server/initialise-federation.ts';
import { type Aggregator, startAggregator } from '../../../aggregator/server/start-aggregator.ts';
import { decodeInvitation, type Invitation } from '../../../protocol/invitation.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { openPreparedDatabase } from './databases.ts';
import { holdings, type PlantName } from './plan.ts';
import { TestPlant } from './plant.ts';

/** Real aggregator on loopback HTTPS whose clock the test holds. */
export class Headquarters {
  readonly folder = new DataFolder(mkdtempSync(join(tmpdir(), 'fedrecon-aggregator-')));
  readonly plan: Plan;
  readonly errors: unknown[] = [];
  #now = Date.now();
  #aggregator: Aggregator | undefined;
  #databaseUrl: string | undefined;

  private constructor(plan: Plan) {
    this.plan = plan;
  }

  /** @param databaseUrl of an empty database; without one, PGlite makes its own */
  static async start(plan: Plan, databaseUrl: string | undefined): Promise<Headquarters> {
    const headquarters = new Headquarters(plan);
    headquarters.#databaseUrl = databaseUrl;
    await initialise(headquarters.folder, {
      plan,
      hosts: ['127.0.0.1'],
      port: 1,
      openNewDatabase: () => openPreparedDatabase(headquarters.folder.file('database'), databaseUrl),
    });
    await headquarters.restart();
    return headquarters;
  }

  async restart(): Promise<void> {
    await this.#aggregator?.close();
    this.#aggregator = await this.startProcess();
  }

  /** Starts one more server on the same database. */
  startProcess(): Promise<Aggregator> {
    return startAggregator(this.folder, {
      port: 0,
      databaseUrl: this.#databaseUrl,
      clock: this.clock,
      onError: (error) => this.errors.push(error),
    });
  }

  readonly clock = (): number => this.#now;

  get aggregator(): Aggregator {
    return this.#aggregator!;
  }

  get ca(): string {
    return readFileSync(this.folder.file('caCertificate'), 'utf8');
  }

  async command<C extends AdminCommand>(name: C, input: AdminInput<C>): Promise<AdminOutput<C>> {
    const { federation, url, keeper } = this.aggregator;
    const output = await runAdminCommand(name, federation, input, {
      url,
      caFingerprint: fingerprintOf(this.ca),
    });
    await keeper.run();
    return output;
  }

  async invite(plant: string, days = 14): Promise<Invitation> {
    return decodeInvitation((await this.command('invite', { plant, days })).invitation);
  }

  /** A plant that has not joined. */
  stranger(name: string, has: readonly string[] = ['camera']): TestPlant {
    return new TestPlant(name, has, {
      plan: this.plan,
      url: this.aggregator.url,
      ca: this.ca,
      clock: this.clock,
    });
  }

  async plant(name: PlantName): Promise<TestPlant> {
    const plant = this.stranger(name, holdings[name]);
    await plant.enrol(await this.invite(name));
    return plant;
  }

  /** Lets time pass and does what has become due. */
  async pass(seconds: number): Promise<void> {
    this.#now += seconds * 1000;
    await this.aggregator.keeper.run();
  }

  /** Does everything that is due, a reduction to its end included. */
  async settle(): Promise<void> {
    await this.aggregator.keeper.run();
  }

  async close(): Promise<void> {
    await this.#aggregator?.close();
    rmSync(this.folder.path, { recursive: true, force: true });
    if (this.errors.length > 0)
      throw new AggregateError(this.errors, 'the server answered with internal errors');
  }
}
