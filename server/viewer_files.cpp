#include "server/viewer_files.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "server/encoded_answer.hpp"
#include "server/respond.hpp"
#include "tiles/finished_bytes.hpp"

namespace riskbild::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 50'000'000;

constexpr std::pair<std::string_view, std::string_view> kContentTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
};

// English and Swedish, without style: the page obeys the same strict policy as the viewer.
constexpr std::string_view kNotBuilt = R"(<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Riskbild</title></head>
<body>
<h1>Riskbild</h1>
<p>The server runs, but the map viewer has not been built. Build it with <code>./dev build</code> in the project's
folder and start the server again, or name the folder of a built viewer with <code>--viewer</code>.</p>
<p lang="sv">Servern är igång, men kartan är inte byggd. Bygg den med <code>./dev build</code> i projektets mapp
och starta om servern.</p>
<p>The programming interface answers at <a href="/api/v1/county">/api/v1/county</a>.</p>
</body>
</html>
)";

std::string_view content_type_of(std::string const& path)
{
    auto const extension = fs::path(path).extension().string();
    for (auto const& [known, type] : kContentTypes)
        if (extension == known)
            return type;
    return "application/octet-stream";
}

bool has_index(fs::path const& folder)
{
    std::error_code ignored;
    return fs::is_regular_file(folder / "index.html", ignored);
}

}  // namespace

std::shared_ptr<ViewerFiles::File const> ViewerFiles::file_of(std::string const& path, std::string bytes)
{
    auto file = std::make_shared<File>();
    file->content_type = content_type_of(path);
    file->etag = '"' + tiles::name_of_bytes(bytes) + '"';
    file->gzip = tiles::gzipped(bytes);
    file->identity = std::move(bytes);
    file->caching = path.rfind("/assets/", 0) == 0 ? Caching::immutable_public : Caching::no_cache;
    return file;
}

Result<ViewerFiles> ViewerFiles::load(fs::path const& folder)
{
    ViewerFiles viewer;
    viewer.is_built_ = has_index(folder);
    if (!viewer.is_built_) {
        viewer.files_["/index.html"] = file_of("/index.html", std::string(kNotBuilt));
        return viewer;
    }
    std::error_code ec;
    for (fs::recursive_directory_iterator walk(folder, ec), end; !ec && walk != end; walk.increment(ec)) {
        if (walk->is_symlink() || !walk->is_regular_file() || walk->file_size() > kLargestFile)
            continue;
        std::ifstream file(walk->path(), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        if (!file)
            return fail(ErrorCode::unreadable,
                        fmt::format("cannot read the viewer's file {}", walk->path().string()), "viewer");
        auto const path = "/" + fs::relative(walk->path(), folder).generic_string();
        viewer.files_[path] = file_of(path, std::move(bytes));
    }
    if (ec)
        return fail(ErrorCode::unreadable,
                    fmt::format("cannot read the viewer's folder {}: {}", folder.string(), ec.message()),
                    "viewer");
    return viewer;
}

Answer ViewerFiles::operator()(Request const& request) const
{
    auto const found = files_.find(request.path == "/" ? "/index.html" : request.path);
    if (found == files_.end())
        return error_answer(Error{ErrorCode::not_found, "Nothing has this address"});
    auto const& file = found->second;
    return encoded_answer({file->content_type, file->etag, file->identity, file->gzip, file}, file->caching,
                          request);
}

}  // namespace riskbild::server
