using { library } from '../db/schema';

@path: '/odata/v4/library'
service LibraryService {
  entity Books as projection on library.Books actions {
    action   lend(to : String not null, days : Integer) returns Books;
    function similar(limit : Integer) returns many Books;
  };
  @cds.search: { name }
  entity Authors  as projection on library.Authors;
  entity Chapters as projection on library.Chapters;
  @readonly @cds.query.limit: { default: 10, max: 10 }
  entity Shelves  as projection on library.Shelves;

  action   close(reason : String) returns String;
  action   refuse();
  function add(left : Integer not null, right : Integer not null) returns Integer;
  function titles() returns many String;
}

annotate LibraryService.Authors with { modifiedAt @odata.etag };
