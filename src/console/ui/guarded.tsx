import { Component, type ReactNode } from 'react';
import { Failure } from './failure.js';

/** Keeps the navigation when a page fails: a part that cannot be fetched, or a mistake of ours. */
export class Guarded extends Component<
  { readonly children: ReactNode },
  { readonly error?: unknown }
> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failure error={this.state.error} again={() => window.location.reload()} />;
  }
}
