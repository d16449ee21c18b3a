#include "data/page.h"

pm_page_kind pm_page_read(const pm_warc *record, pm_http *http) {
  pm_slice type = {0}, charset = {0};
  if (record->block.len == 0)
    return PM_PAGE_OTHER;
  if (pm_slice_is(record->type, "conversion")) {
    pm_http_type(record->content_type, &type, &charset);
    return type.len == 0 || pm_slice_is(type, "text/plain") ? PM_PAGE_TEXT
                                                            : PM_PAGE_OTHER;
  }
  if (!pm_slice_is(record->type, "response") ||
      !pm_http_read(record->block.at, record->block.len, http) ||
      http->body.len == 0)
    return PM_PAGE_OTHER;
  type = http->type.len ? http->type : record->payload_type;
  return pm_http_is_html(type, http->body) ? PM_PAGE_HTML : PM_PAGE_OTHER;
}
