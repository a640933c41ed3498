import type { TextModality } from '../../protocol/kinds/index.ts';
import type { Picture, Shown } from '../../training/kinds/looking.ts';
import type { ExplainResult } from '../../training/process/messages.ts';
import type { SourceReason } from '../api/views/explanation.ts';
import type { PilotShown } from '../api/views/pilot.ts';
import type { ModalityView, ValueView } from '../api/views.ts';
import type { Measurement } from '../store/parts.ts';

/** The words that a plant uses in a text modality. */
export type Vocabulary = (modality: TextModality) => ReadonlySet<string>;

/** A band around the values of a signal. */
export interface Band {
  /** Standard deviation of each value, in 0…1. */
  readonly sigma: Float32Array;
  /** Half width in standard deviations. */
  readonly width: number;
}

/** Values in the model's form that are to be drawn; a function is called only if the kind draws what it gives. */
interface DrawnValues {
  /** True if somebody measured them; else a model made them. */
  readonly isMeasured: boolean;
  /** Address at which the window finds them as a picture. */
  readonly src: () => string | Promise<string>;
  /** The values, in 0…1. */
  readonly values: () => Promise<Float32Array>;
  /** Band around the values, where one is known that keeps its promise. */
  readonly band?: () => Promise<Band>;
  readonly vocabulary: Vocabulary;
}

/** Source of an explanation, to be put into the form of its kind. */
export interface ExplainedSource {
  /** Attribution of each value of the source, in the order in which the model sees them. */
  readonly attribution: readonly number[];
  /** Units of all sources: pieces that are taken away together, with their attributions. */
  readonly units: ExplainResult['units'];
  /** The source as it was written; empty where it is no writing. */
  readonly written: string;
  /** Address of a picture of signed weights, whose scale goes from −limit to +limit. */
  readonly drawMap: (weights: WeightMap, limit: number) => string;
}

/** Weights in the order of a picture's pixels. */
export interface WeightMap {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: Float32Array;
}

/** The simplest form in which a value can be drawn on paper. */
export type Drawing =
  | { readonly form: 'picture'; readonly picture: number }
  | { readonly form: 'line'; readonly values: readonly number[] }
  | { readonly form: 'words'; readonly words: string };

/** Table that reconstructions are exported as: its columns, and the cells of one row. */
interface ExportedTable<M> {
  /** Names of the columns that hold the values. */
  head(modality: M): readonly string[];
  /** Cells of the columns, for a reconstruction as it is shown. */
  cells(modality: M, view: ValueView): readonly (string | number)[];
}

/** The form of a kind among the forms of all kinds. */
type FormOf<Union, K> = Extract<Union, { readonly kind: K }>;

/**
 * Table entry of one kind of modality: all that the workstation knows of it beside training; the table is `index.ts`.
 */
export interface WorkstationKind<M extends { readonly kind: string; readonly name: string }> {
  /** Fields of the plan that the modality has beside its name, label and kind. */
  planFields(modality: M): Partial<ModalityView>;
  /** A measurement, ready to draw. @param src address at which the window finds it as a picture */
  measured(modality: M, value: Measurement, src: string): ValueView;
  /** Values in the model's form, ready to draw. */
  drawn(modality: M, values: DrawnValues): Promise<ValueView>;
  /** Values of a source with the weights that the explanation gives them, in the form of the kind. */
  explained(modality: M, source: ExplainedSource): SourceReason['detail'];
  /** The form in which the pilot's report keeps a value. @param keep puts a picture aside and gives its number */
  kept(shown: FormOf<Shown, M['kind']>, keep: (picture: Picture) => number): PilotShown;
  figure(shown: FormOf<PilotShown, M['kind']>): Drawing;
  /** The table that reconstructions are exported as; a kind whose values lie in a picture is exported as pictures. */
  readonly table?: ExportedTable<M>;
}
