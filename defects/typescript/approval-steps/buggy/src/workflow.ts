export type State = 'draft' | 'review' | 'approved' | 'published';
export type Action = 'submit' | 'approve' | 'reject' | 'publish';

type Step = (by: string) => State;

/**
 * The way of a document from draft to publication.
 *
 * A draft is submitted, and reviewed by somebody else than its author: approved by as many different
 * people as are needed, or rejected, which makes it a draft again and forgets all approvals. An
 * approved document can be published.
 */
export class Workflow {
  state: State = 'draft';
  readonly history: string[] = [];
  readonly author: string;
  readonly needed: number;
  private approvals = new Set<string>();
  private readonly steps: Record<State, Partial<Record<Action, Step>>>;

  constructor(author: string, needed = 1) {
    this.author = author;
    this.needed = needed;
    this.steps = {
      draft: { submit: () => 'review' },
      review: { approve: this.approve, reject: this.reject },
      approved: { publish: () => 'published', reject: this.reject },
      published: {},
    };
  }

  /** The actions that are possible now. */
  get actions(): Action[] {
    return Object.keys(this.steps[this.state]) as Action[];
  }

  /** Do an action; an Error, and no change, where it is not possible now or not for this person. */
  perform(action: Action, by: string): State {
    const step = this.steps[this.state][action];
    if (step === undefined) throw new Error(`${action} is not possible in ${this.state}`);
    const next = step(by);
    this.history.push(`${by}: ${action}`);
    this.state = next;
    return next;
  }

  private approve(by: string): State {
    if (by === this.author) throw new Error('authors do not approve their own documents');
    this.approvals.add(by);
    return this.approvals.size >= this.needed ? 'approved' : 'review';
  }

  private reject(): State {
    this.approvals.clear();
    return 'draft';
  }
}
