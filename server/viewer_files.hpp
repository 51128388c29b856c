#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "geo_core/result.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// The built viewer, read into memory once: no request ever becomes a file name, so none can leave the
/// folder. Files in `assets/` carry their hash in their names and are kept for ever; the page is asked
/// for again each time.
class ViewerFiles {
public:
    /// A folder without `index.html` gives one page that says how to build the viewer. Symbolic links and
    /// files above 50 MB are passed over. \return ErrorCode::unreadable when a file cannot be read
    static Result<ViewerFiles> load(std::filesystem::path const& folder);

    /// `/` is `index.html`; 404 for what is not there.
    [[nodiscard]] Answer operator()(Request const& request) const;

    [[nodiscard]] bool is_built() const { return is_built_; }

private:
    struct File {
        std::string content_type;
        std::string etag;
        std::string identity;
        std::string gzip;
        Caching caching = Caching::no_cache;
    };
    static std::shared_ptr<File const> file_of(std::string const& path, std::string bytes);

    std::map<std::string, std::shared_ptr<File const>, std::less<>> files_;  // by path, with leading slash
    bool is_built_ = false;
};

}  // namespace riskbild::server
