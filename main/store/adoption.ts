import { canonicalJson, documentHash } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import {
  type CardExamples,
  cardExamples,
  type ModelCard,
  modelCard,
} from '../../training/evaluation/model-card.ts';
import { type SignedOff, type SignOff, signOff } from '../log/sign-off.ts';
import type { StoreDatabase } from './database.ts';

interface StoredCard {
  /** SHA-256 of the card's canonical JSON. */
  readonly hash: string;
  readonly card: ModelCard;
  /** What it shows of single parts; undefined once one of them was deleted. */
  readonly examples: CardExamples | undefined;
}

/** Model cards and the decisions made by them. A decision is only as good as its signature: see `services/models`. */
export interface Adoption {
  /** Adds a card. @returns the card's hash */
  addCard(card: Omit<ModelCard, 'examples'>, examples: CardExamples): string;
  /** Lets go the examples of cards that show one of some parts. @returns SHA-256 of their files of pictures */
  forgetExamples(names: ReadonlySet<string>): string[];
  /** The newest card of a version. @throws FedReconError `model-card-changed` */
  card(version: number): StoredCard | undefined;
  /** The card with that hash. @throws FedReconError `model-card-changed` if its contents are others now */
  cardWith(hash: string): StoredCard | undefined;
  /** Versions that have a card. */
  judged(): ReadonlySet<number>;
  addSignOff(signed: SignedOff): void;
  /** Another text whenever a version was judged or decided about. */
  revision(): string;
  /** Decisions, oldest first; a document that is no decision any more is left out. */
  signOffs(): SignedOff[];
}

export function adoptionIn(database: StoreDatabase): Adoption {
  /** The last card read: cards are read for every snapshot, and one is checked again only when its text is another. */
  let last: (StoredCard & { readonly text: string }) | undefined;
  interface CardRow {
    readonly version: number;
    readonly hash: string;
    readonly card: string;
    readonly examples: string | null;
  }
  const read = (row: CardRow | undefined): StoredCard | undefined => {
    if (!row) return undefined;
    const text = `${row.card}${row.examples}`;
    if (last?.text === text && last.hash === row.hash) return last;
    const card = modelCard.safeParse(parsed(row.card)).data;
    const examples = row.examples === null ? undefined : cardExamples.safeParse(parsed(row.examples)).data;
    const isWhole = row.examples === null || (examples && documentHash(examples) === card?.examples);
    if (!card || documentHash(card) !== row.hash || !isWhole)
      throw new FedReconError('model-card-changed', { version: row.version });
    last = { text, hash: row.hash, card, examples };
    return last;
  };
  return {
    addCard: (figures, examples) => {
      const card: ModelCard = { ...figures, examples: documentHash(examples) };
      const hash = documentHash(card);
      database.run(
        `insert into model_cards (version, hash, card, examples) values (:version, :hash, :card, :examples)
         on conflict (hash) do update set card = :card, examples = :examples`,
        { version: card.version, hash, card: canonicalJson(card), examples: canonicalJson(examples) },
      );
      return hash;
    },
    forgetExamples: (names) => {
      const rows = database.all<{ id: number; examples: string }>(
        'select id, examples from model_cards where examples is not null',
      );
      return rows.flatMap(({ id, examples }) => {
        const { partNames, pictures } = JSON.parse(examples) as CardExamples;
        if (!Object.values(partNames).some((name) => names.has(name))) return [];
        database.run('update model_cards set examples = null where id = :id', { id });
        return pictures;
      });
    },
    card: (version) =>
      read(
        database.get(
          'select version, hash, card, examples from model_cards where version = :version order by id desc limit 1',
          { version },
        ),
      ),
    cardWith: (hash) =>
      read(
        database.get('select version, hash, card, examples from model_cards where hash = :hash', { hash }),
      ),
    judged: () =>
      new Set(
        database
          .all<{ version: number }>('select distinct version from model_cards')
          .map(({ version }) => version),
      ),
    addSignOff: ({ statement, signature }) => {
      database.run(
        'insert into sign_offs (version, statement, signature) values (:version, :statement, :signature)',
        { version: statement.version, statement: canonicalJson(statement), signature },
      );
    },
    revision: () =>
      database.get<{ revision: string }>(
        `select coalesce((select max(id) from model_cards), 0) || '/' || coalesce((select max(id) from sign_offs), 0) revision`,
      )!.revision,
    signOffs: () =>
      database
        .all<{ statement: string; signature: string }>(
          'select statement, signature from sign_offs order by id',
        )
        .flatMap(({ statement, signature }) => {
          const known = statementOf(statement);
          return known ? [{ statement: known, signature }] : [];
        }),
  };
}

function statementOf(text: string): SignOff | undefined {
  return signOff.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
