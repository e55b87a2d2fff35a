import type { ReactNode } from 'react';
import { useParts } from './context.ts';

interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly label?: string;
  readonly id?: string;
  readonly tabIndex?: number;
  readonly [data: `data-${string}`]: unknown;
}

/** A link within the dashboard: no reload, and a new tab where the officer asks for one. */
export function Link({ to, children, className, label, ...rest }: LinkProps) {
  const { router } = useParts();
  return (
    <a
      href={to}
      className={className}
      aria-label={label}
      onClick={(click) => {
        if (click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
        click.preventDefault();
        router.go(to);
      }}
      {...rest}
    >
      {children}
    </a>
  );
}
