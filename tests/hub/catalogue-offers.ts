interface Run {
  readonly id: string
  readonly state: string
  readonly startDate: string | null
  readonly endDate: string | null
  readonly mode: string | null
  readonly languages: readonly string[]
  readonly place: { readonly city: string | null; readonly countryCode: string | null } | null
  readonly application: { readonly opensAt: string | null; readonly closesAt: string | null } | null
  readonly price: { readonly amount: string; readonly currency: string } | null
}
/** An opportunity with runs as a client asks the catalogue for them. */
export interface Choice {
  readonly id: string
  readonly workloadHours: number | null
  readonly offerings: { readonly nodes: readonly Run[] }
}
/** What recognition needs to know of a run, as GraphQL fields. */
export const runFields = `id state startDate endDate mode languages place { city countryCode }
  application { opensAt closesAt } price { amount currency }`

const toOffer = ({ id: opportunityId, workloadHours }: Choice, run: Run) => ({
  offeringId: run.id,
  opportunityId,
  workloadHours,
  startsOn: run.startDate,
  endsOn: run.endDate,
  applyFrom: run.application?.opensAt?.slice(0, 10) ?? null,
  applyUntil: run.application?.closesAt?.slice(0, 10) ?? null,
  languages: run.languages,
  mode: run.mode,
  city: run.place?.city ?? null,
  countryCode: run.place?.countryCode ?? null,
  price: run.price,
})
/** Active runs of these as recognition takes them; what a member that is down has not answered is left out. */
export const toOffers = (choices: readonly (Choice | null)[]) =>
  choices.flatMap((choice) =>
    choice
      ? choice.offerings.nodes
          .filter(({ state }) => state === 'ACTIVE')
          .map((run) => toOffer(choice, run))
      : [],
  )
