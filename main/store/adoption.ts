import { canonicalJson, documentHash } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { type ModelCard, modelCard } from '../../training/evaluation/model-card.ts';
import { type SignedOff, type SignOff, signOff } from '../log/sign-off.ts';
import type { StoreDatabase } from './database.ts';

interface StoredCard {
  /** SHA-256 of the card's canonical JSON. */
  readonly hash: string;
  readonly card: ModelCard;
}

/** Model cards and the decisions made by them. A decision is only as good as its signature: see `services/models`. */
export interface Adoption {
  /** Adds a card. @returns the card's hash */
  addCard(card: ModelCard): string;
  /** The newest card of a version. @throws FedReconError `model-card-changed` */
  card(version: number): StoredCard | undefined;
  /** The card with that hash. @throws FedReconError `model-card-changed` if its contents are others now */
  cardWith(hash: string): StoredCard | undefined;
  /** Versions that have a card. */
  judged(): ReadonlySet<number>;
  addSignOff(signed: SignedOff): void;
  /** Decisions, oldest first; a document that is no decision any more is left out. */
  signOffs(): SignedOff[];
}

export function adoptionIn(database: StoreDatabase): Adoption {
  /** The last card read: cards are read for every snapshot, and one is checked again only when its text is another. */
  let last: { readonly text: string; readonly hash: string; readonly card: ModelCard } | undefined;
  const read = (row: { version: number; hash: string; card: string } | undefined): StoredCard | undefined => {
    if (!row) return undefined;
    if (last?.text === row.card && last.hash === row.hash) return last;
    const card = cardOf(row.card);
    if (!card || documentHash(card) !== row.hash)
      throw new FedReconError('model-card-changed', { version: row.version });
    last = { text: row.card, hash: row.hash, card };
    return last;
  };
  return {
    addCard: (card) => {
      const hash = documentHash(card);
      database.run(
        'insert into model_cards (version, hash, card) values (:version, :hash, :card) on conflict (hash) do update set card = :card',
        { version: card.version, hash, card: canonicalJson(card) },
      );
      return hash;
    },
    card: (version) =>
      read(
        database.get(
          'select version, hash, card from model_cards where version = :version order by id desc limit 1',
          { version },
        ),
      ),
    cardWith: (hash) =>
      read(database.get('select version, hash, card from model_cards where hash = :hash', { hash })),
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

function cardOf(text: string): ModelCard | undefined {
  return modelCard.safeParse(parsed(text)).data;
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
