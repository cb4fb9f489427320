using ChatPS.Client.Images;

namespace ChatPS.Client.Generations;

/// <summary>A picture that goes into a task: an address, or the picture itself.</summary>
public sealed class GenerationPicture
{
    private readonly ImageFile? _file;
    private readonly string? _address;

    private GenerationPicture(ImageFile? file, string? address)
    {
        _file = file;
        _address = address;
    }

    /// <summary>Takes a picture.</summary>
    /// <param name="file">The picture.</param>
    /// <returns>The same for a task.</returns>
    public static GenerationPicture Of(ImageFile file) => new(file, null);

    /// <summary>Takes an address that the service fetches, or one that holds the picture as data.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The same for a task.</returns>
    public static GenerationPicture At(string address) => new(null, address);

    /// <summary>Gets the picture; null where only its address is known.</summary>
    internal ImageFile? File => _file;

    /// <inheritdoc />
    public override string ToString() => _address ?? _file!.ToString();

    /// <summary>Writes it as most services take it.</summary>
    /// <returns>The address, or a <c>data:</c> address with the picture in it.</returns>
    internal string ToAddress() => _address ?? _file!.Content().Url!;

    /// <summary>Writes it as services take it that want no label before the picture.</summary>
    /// <returns>The address, or the picture in base64.</returns>
    internal string ToBase64() => _address is null ? Bare(_file!.Content().Url!) : _address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? Bare(_address) : _address;

    /// <summary>Tells it apart from other pictures.</summary>
    /// <returns>The address, or the digest of its bytes.</returns>
    internal string Digest() => _address ?? _file!.Digest();

    private static string Bare(string address) => address.Substring(address.IndexOf(',') + 1);
}
