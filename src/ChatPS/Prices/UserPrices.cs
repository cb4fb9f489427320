using System.Management.Automation;
using ChatPS.Client.Files;
using ChatPS.Client.Usage;

namespace ChatPS.Prices;

/// <summary>The prices that a user keeps in the configuration folder, for calls and connections that have none of their own.</summary>
internal static class UserPrices
{
    private static readonly object Lock = new();
    private static string? _path;
    private static DateTime _written;
    private static PriceTable? _table;

    /// <summary>Reads them, anew where the file has changed.</summary>
    /// <param name="cmdlet">The cmdlet that needs them.</param>
    /// <returns>The prices; null where there is no file.</returns>
    /// <exception cref="ChatServiceException">The file is no table of prices; it says which row and column.</exception>
    public static PriceTable? Read(PSCmdlet cmdlet)
    {
        if (!ConfigurationFolder.IsThere)
        {
            return null;
        }

        string path = ConfigurationFolder.Prices;
        return File.Exists(path) ? Read(cmdlet, path) : null;
    }

    private static PriceTable? Read(PSCmdlet cmdlet, string path)
    {
        DateTime written = File.GetLastWriteTimeUtc(path);
        lock (Lock)
        {
            if (_path != path || _written != written)
            {
                _table = PriceTableReader.Read(cmdlet, new FileInfo(path));
                (_path, _written) = (path, written);
            }

            return _table;
        }
    }
}
