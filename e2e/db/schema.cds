namespace library;

using { cuid, managed } from '@sap/cds/common';

/** The condition of a copy. */
type Condition : String enum { new; worn; lost };

type Address {
  street : String(80);
  city   : String(40);
}

entity Authors : managed {
  key ID   : UUID;
  name     : String(111) not null;
  born     : Date;
  address  : Address;
  books    : Association to many Books on books.author = $self;
}

entity Books : managed {
  key isbn   : String(40);
  title      : String(111) not null;
  pages      : Integer;
  copiesSold : Int64;
  price      : Decimal(9, 2);
  weight     : Double;
  published  : Date;
  opens      : Time;
  printed    : Timestamp;
  condition  : Condition;
  available  : Boolean default true;
  author     : Association to Authors;
  chapters   : Composition of many Chapters on chapters.book = $self;
  cover      : LargeBinary @Core.MediaType: coverType;
  coverType  : String @Core.IsMediaType;
}

entity Chapters {
  key book   : Association to Books;
  key number : Integer;
  heading    : String(80);
}

/** Enough of them for several pages. */
entity Shelves {
  key ID : Integer;
  label  : String(20);
}
