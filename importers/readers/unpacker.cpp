#include "importers/readers/unpacker.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/readers/encoding.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;
constexpr std::size_t kMostMembers = 10'000;

struct CloseArchive {
    void operator()(archive* opened) const { archive_read_free(opened); }
};
using ArchiveHandle = std::unique_ptr<archive, CloseArchive>;

// What libarchive calls back for: the stored bytes, and the first thing that went wrong with them.
struct Feed {
    StoredBytes* stored = nullptr;
    std::vector<char> chunk = std::vector<char>(kChunk);
    std::uint64_t position = 0;
    std::uint64_t fetched = 0;
    std::optional<Error> error;

    static la_ssize_t read(archive*, void* self, void const** buffer)
    {
        auto& feed = *static_cast<Feed*>(self);
        auto const n = feed.stored->read_stored(feed.chunk);
        if (!n) {
            feed.error = n.error();
            return ARCHIVE_FATAL;
        }
        feed.position += *n;
        feed.fetched += *n;
        *buffer = feed.chunk.data();
        return static_cast<la_ssize_t>(*n);
    }

    static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence)
    {
        auto& feed = *static_cast<Feed*>(self);
        auto const size = static_cast<la_int64_t>(feed.stored->size());
        auto const base = whence == SEEK_END   ? size
                          : whence == SEEK_CUR ? static_cast<la_int64_t>(feed.position)
                                               : la_int64_t{0};
        auto const wanted = std::clamp(base + std::clamp(offset, -base, size - base), la_int64_t{0}, size);
        if (auto moved = feed.stored->seek(static_cast<std::uint64_t>(wanted)); !moved) {
            feed.error = moved.error();
            return ARCHIVE_FATAL;
        }
        feed.position = static_cast<std::uint64_t>(wanted);
        return wanted;
    }
};

struct OpenedArchive {
    std::unique_ptr<Feed> feed;
    ArchiveHandle handle;
};

Failure damaged(OpenedArchive const& opened, std::string const& name, Packing packing)
{
    if (opened.feed->error)
        return Failure{*opened.feed->error};
    auto const* said = archive_error_string(opened.handle.get());
    std::string_view const why = said != nullptr ? said : "";
    if (why.find("assphrase") != std::string_view::npos || why.find("ncrypt") != std::string_view::npos)
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: is protected with a password; save it without one", name));
    return fail(ErrorCode::unreadable, fmt::format("{}: the {} data are damaged or cut off{}{}", name,
                                                   name_of(packing), why.empty() ? "" : ": ", why));
}

Result<OpenedArchive> open_archive(StoredBytes& stored, std::string const& name, Packing packing)
{
    if (auto moved = stored.seek(0); !moved)
        return Failure{moved.error()};
    OpenedArchive opened{std::make_unique<Feed>(), ArchiveHandle{archive_read_new()}};
    opened.feed->stored = &stored;
    auto* const handle = opened.handle.get();
    if (handle == nullptr)
        return fail(ErrorCode::internal, fmt::format("{}: libarchive could not be started", name));
    switch (packing) {
        case Packing::zip:
            archive_read_support_format_zip_seekable(handle);
            break;
        case Packing::bzip2:
            archive_read_support_filter_bzip2(handle);
            break;
        case Packing::xz:
            archive_read_support_filter_xz(handle);
            break;
        case Packing::zstd:
            archive_read_support_filter_zstd(handle);
            break;
        case Packing::gzip:
        case Packing::none:
            return fail(ErrorCode::internal, fmt::format("{}: is nothing for libarchive", name));
    }
    if (packing != Packing::zip)
        archive_read_support_format_raw(handle);
    archive_read_set_callback_data(handle, opened.feed.get());
    archive_read_set_read_callback(handle, Feed::read);
    archive_read_set_seek_callback(handle, Feed::seek);
    if (archive_read_open1(handle) != ARCHIVE_OK)
        return damaged(opened, name, packing);
    return opened;
}

std::string name_in(archive_entry* entry)
{
    auto const* const utf8 = archive_entry_pathname_utf8(entry);
    auto const* const raw = utf8 != nullptr ? utf8 : archive_entry_pathname(entry);
    std::string name = raw != nullptr ? raw : "";
    if (is_utf8(name))
        return name;
    std::string decoded;
    append_from_windows_1252(name, decoded);
    return decoded;
}

// `../x`, `/x`, `C:\x`: meant to be written somewhere else than where the archive is unpacked.
bool leads_out(std::string const& name)
{
    if (name.empty() || name.front() == '/' || name.front() == '\\' || (name.size() > 1 && name[1] == ':'))
        return true;
    std::size_t from = 0;
    while (from <= name.size()) {
        auto const end = std::min(name.find_first_of("/\\", from), name.size());
        if (name.substr(from, end - from) == "..")
            return true;
        from = end + 1;
    }
    return std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_put_there_by_the_system(std::string const& name)
{
    auto const last = name.substr(name.rfind('/') + 1);
    return name.starts_with("__MACOSX/") || last == ".DS_Store" || last == "Thumbs.db" ||
           last == "desktop.ini";
}

// Moves to the next file. \return nothing at the end
Result<archive_entry*> next_entry(OpenedArchive const& opened, std::string const& name)
{
    while (true) {
        archive_entry* entry = nullptr;
        auto const status = archive_read_next_header(opened.handle.get(), &entry);
        if (status == ARCHIVE_EOF)
            return nullptr;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return damaged(opened, name, Packing::zip);
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        auto const member = name_in(entry);
        if (leads_out(member))
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: holds a file named \"{}\", which leads out of the archive; such an "
                                    "archive is not read",
                                    name, shortened(member)));
        if (archive_entry_filetype(entry) != AE_IFREG || is_put_there_by_the_system(member))
            continue;
        return entry;
    }
}

class LibarchiveUnpacker : public Unpacker {
public:
    LibarchiveUnpacker(OpenedArchive opened, std::string name, Packing packing)
        : opened_(std::move(opened)), name_(std::move(name)), packing_(packing)
    {
    }

    Result<std::size_t> read(std::span<char> into) override
    {
        auto const n = archive_read_data(opened_.handle.get(), into.data(), into.size());
        // A warning too: libarchive so calls a wrong check sum.
        if (n < 0)
            return damaged(opened_, name_, packing_);
        return static_cast<std::size_t>(n);
    }

    [[nodiscard]] std::uint64_t fetched() const override { return opened_.feed->fetched; }

private:
    OpenedArchive opened_;
    std::string name_;
    Packing packing_;
};

}  // namespace

Packing packing_of(std::string_view beginning)
{
    using namespace std::string_view_literals;
    if (beginning.starts_with("\x1f\x8b"sv))
        return Packing::gzip;
    if (beginning.starts_with("PK\x03\x04"sv) || beginning.starts_with("PK\x05\x06"sv))
        return Packing::zip;
    constexpr std::size_t kBlock = 4;  // behind "BZh" and the level
    if (beginning.starts_with("BZh"sv) && beginning.size() > kBlock &&
        beginning.substr(kBlock).starts_with("\x31\x41\x59\x26\x53\x59"sv))
        return Packing::bzip2;
    if (beginning.starts_with("\xfd\x37zXZ\0"sv))
        return Packing::xz;
    if (beginning.starts_with("\x28\xb5\x2f\xfd"sv))
        return Packing::zstd;
    return Packing::none;
}

std::string_view name_of(Packing packing)
{
    switch (packing) {
        case Packing::gzip:
            return "gzip";
        case Packing::bzip2:
            return "bzip2";
        case Packing::xz:
            return "xz";
        case Packing::zstd:
            return "zstd";
        case Packing::zip:
            return "ZIP";
        case Packing::none:
            break;
    }
    return "unpacked";
}

Result<std::vector<ArchiveMember>> members_of(StoredBytes& stored, std::string const& name)
{
    auto const opened = open_archive(stored, name, Packing::zip);
    if (!opened)
        return Failure{opened.error()};
    std::vector<ArchiveMember> members;
    while (true) {
        auto const entry = next_entry(*opened, name);
        if (!entry)
            return Failure{entry.error()};
        if (*entry == nullptr)
            return members;
        if (members.size() == kMostMembers)
            return fail(ErrorCode::too_large,
                        fmt::format("{}: holds more than {} files, the most that are read of one archive",
                                    name, kMostMembers));
        auto const declared = archive_entry_size_is_set(*entry) ? archive_entry_size(*entry) : 0;
        members.push_back({name_in(*entry), static_cast<std::uint64_t>(std::max<la_int64_t>(0, declared))});
    }
}

Result<void> unpack_all(
    StoredBytes& stored, std::string const& name,
    std::function<Result<void>(std::uint64_t bytes, std::uint64_t fetched)> const& allowed)
{
    auto const opened = open_archive(stored, name, Packing::zip);
    if (!opened)
        return Failure{opened.error()};
    std::vector<char> chunk(kChunk);
    std::uint64_t bytes = 0;
    while (true) {
        auto const entry = next_entry(*opened, name);
        if (!entry)
            return Failure{entry.error()};
        if (*entry == nullptr)
            return {};
        while (true) {
            auto const n = archive_read_data(opened->handle.get(), chunk.data(), chunk.size());
            if (n < 0)
                return damaged(*opened, name, Packing::zip);
            if (n == 0)
                break;
            bytes += static_cast<std::uint64_t>(n);
            if (auto good = allowed(bytes, opened->feed->fetched); !good)
                return good;
        }
    }
}

Result<std::unique_ptr<Unpacker>> Unpacker::open(StoredBytes& stored, Packing packing, std::string name,
                                                 std::string_view member)
{
    auto opened = open_archive(stored, name, packing);
    if (!opened)
        return Failure{opened.error()};
    if (packing != Packing::zip) {
        archive_entry* entry = nullptr;
        auto const status = archive_read_next_header(opened->handle.get(), &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_EOF)
            return damaged(*opened, name, packing);
        return std::make_unique<LibarchiveUnpacker>(std::move(*opened), std::move(name), packing);
    }
    while (true) {
        auto const entry = next_entry(*opened, name);
        if (!entry)
            return Failure{entry.error()};
        if (*entry == nullptr)
            return fail(ErrorCode::not_found,
                        fmt::format("{}: holds no file \"{}\"", name, shortened(member)));
        if (name_in(*entry) == member)
            return std::make_unique<LibarchiveUnpacker>(std::move(*opened), std::move(name), packing);
    }
}

}  // namespace riskbild::importers
