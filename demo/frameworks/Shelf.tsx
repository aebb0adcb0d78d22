/** @jsxImportSource react */
import { useState } from 'react';
import { useReshelf } from 'reshelf/react';
import { type Department, type Garment, isSponsored, PAGE, SORTS, select } from './goods.ts';

/** A department of the shop in React. Two lines make it personal: `useReshelf`, and `{...list}` on the list. */
export function Shelf({ departments }: { readonly departments: readonly Department[] }) {
  const [slug, setSlug] = useState(departments[0]?.slug);
  const [sort, setSort] = useState('');
  const [isCheap, setCheap] = useState(false);
  const [count, setCount] = useState(PAGE);
  const department = departments.find((one) => one.slug === slug);
  const garments = department === undefined ? [] : select(department, sort, isCheap, count);
  const [shown, list] = useReshelf(garments, { pin: isSponsored, off: sort !== '' });

  return (
    <>
      <nav className="chips" aria-label="Departments">
        {departments.map(({ slug: each, name }) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === slug}
            onClick={() => {
              setSlug(each);
              setCount(PAGE);
            }}
          >
            {name}
          </button>
        ))}
      </nav>
      <div className="sort">
        <label>
          <input type="checkbox" checked={isCheap} onChange={(event) => setCheap(event.target.checked)} />
          Under €100
        </label>
        <label>
          <span className="hidden">Order</span>
          <select name="sort" value={sort} onChange={(event) => setSort(event.target.value)}>
            {SORTS.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ul className="products" {...list}>
        {shown.map((garment) => (
          <Card key={garment.id} {...garment} />
        ))}
      </ul>
      {shown.length === count && (
        <p className="more">
          <button type="button" onClick={() => setCount(count + PAGE)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

function Card(garment: Garment) {
  const { id, handle, title, brand, category, priceText, rating, sizes, inStock } = garment;
  return (
    <li
      className={`product${inStock ? '' : ' is-sold-out'}`}
      data-reshelf-item={id}
      data-reshelf-category={category}
    >
      <article>
        <a href={`/p/${handle}`}>
          <span className="frame">
            <img src={`/pictures/${id}.svg`} alt="" width="400" height="500" />
            <span className="tag">{priceText}</span>
          </span>
          {garment.isSponsored && <span className="label">Sponsored</span>}
          <h3>{title}</h3>
        </a>
        <p className="facts">
          <span>{brand}</span>
          <span className="rating">
            <span aria-hidden="true">★</span> {rating}
          </span>
        </p>
        <p className="sizes">{inStock ? sizes.join(' · ') : 'Sold out'}</p>
      </article>
    </li>
  );
}
