import { Link } from 'wouter';
import type { PostRowView } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { useLanguage } from '../../words/use-words.js';
import { dayOf, groupBy } from './days.js';
import { SendBadges } from './send-badges.js';
import { useReason } from './use-reason.js';

/** Posts under the days on which they go, in the order they come. */
export function DayList({ items }: { readonly items: readonly PostRowView[] }) {
  const { language } = useLanguage();
  const { session } = useSession();
  const { timezone: timeZone } = session.campaign;
  const days = groupBy(items, ({ goesAt }) => dayOf(goesAt, timeZone));
  const heading = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'full' });
  return (
    <div className="post-days">
      {[...days].map(([day, posts]) => (
        <section key={day}>
          <h2 className="post-day">{heading.format(new Date(posts[0]?.goesAt ?? day))}</h2>
          <ul className="card rows">
            {posts.map((post) => (
              <PostItem key={post.id} post={post} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PostItem({ post }: { readonly post: PostRowView }) {
  const { language } = useLanguage();
  const { session } = useSession();
  const tellReason = useReason();
  const { timezone: timeZone } = session.campaign;
  const clock = new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short' });
  const reasons = new Set(
    post.sends.flatMap(({ reason }) => (reason === undefined ? [] : [tellReason(reason)])),
  );
  return (
    <li className="post-item">
      <time className="post-time" dateTime={post.goesAt}>
        {clock.format(new Date(post.goesAt))}
      </time>
      <div className="post-words">
        <Link href={`/posts/${post.id}`} className="post-name">
          {post.name}
        </Link>
        <p className="post-excerpt">
          {post.hasPicture ? <Icon name="file" size={16} /> : null} {post.text}
        </p>
        {[...reasons].map((reason) => (
          <p key={reason} className="post-reason">
            {reason}
          </p>
        ))}
      </div>
      <SendBadges sends={post.sends} />
    </li>
  );
}
