/** What the service said when it refused. */
export function Refused({ error }: { readonly error: string | null }) {
  return error === null ? null : (
    <p className="refused" role="alert">
      {error}
    </p>
  );
}
