using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS;

/// <summary>Reads what users give to <c>-Image</c>: paths of PowerShell, or addresses.</summary>
internal static class ImageSource
{
    public static ChatContent Load(PSCmdlet cmdlet, string image, string? detail = null)
    {
        bool isAddress = image.Contains("://", StringComparison.Ordinal) || image.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return MediaFile.Image(isAddress ? image : cmdlet.GetUnresolvedProviderPathFromPSPath(image), detail, "-Image");
    }
}
