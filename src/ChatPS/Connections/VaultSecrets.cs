using System.Management.Automation;
using System.Security;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Connections;

/// <summary>Gets keys from the vaults of Microsoft.PowerShell.SecretManagement, which need not be installed.</summary>
internal static class VaultSecrets
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    /// <summary>Gets a secret. A vault may ask for its password meanwhile.</summary>
    /// <param name="name">The name of the secret.</param>
    /// <param name="vault">The name of the vault; null for any that has it.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="ChatServiceException">The module, the vault or the secret is missing, or the vault is locked; each has an id of its own.</exception>
    public static SecureString Get(string name, string? vault)
    {
        List<ErrorRecord> errors = [];
        if (!Invoke("Import-Module", [("Name", Module)], errors, out _))
        {
            throw new ChatServiceException(
                ErrorIds.SecretModuleMissing,
                $"-SecretName: the module {Module} cannot be loaded: {errors.FirstOrDefault()}",
                $"Install it with Install-PSResource {Module}, and a module for your vault, such as Microsoft.PowerShell.SecretStore.");
        }

        errors.Clear();
        (string, object)[] parameters = vault is null ? [("Name", name)] : [("Name", name), ("Vault", vault)];
        Invoke(Module + "\\Get-Secret", parameters, errors, out object? secret);
        return secret switch
        {
            SecureString { Length: > 0 } key => key,
            string { Length: > 0 } text => SecretTransformationAttribute.Secure(text),
            PSCredential { Password.Length: > 0 } credential => credential.Password,
            null when errors.Count > 0 => throw Failure(name, vault, errors),
            null => throw NotFound(name, vault),
            _ => throw Failures.Invalid($"-SecretName: the secret '{name}' is a {secret.GetType().Name}, not a key, or it is empty.", "Keep the key as a string or a secure string: Set-Secret -Name NAME -Secret KEY."),
        };
    }

    private static ChatServiceException Failure(string name, string? vault, List<ErrorRecord> errors)
    {
        if (errors.Find(IsLocked) is { } locked)
        {
            return new ChatServiceException(
                ErrorIds.VaultLocked,
                $"-SecretName '{name}': the vault{(vault is null ? "" : $" '{vault}'")} is locked: {locked}",
                "Unlock it first, for example with Unlock-SecretVault or Unlock-SecretStore.");
        }

        if (errors.Exists(error => Is(error, "GetSecretVaultNotFound")) || !HasVaults())
        {
            return new ChatServiceException(
                ErrorIds.VaultNotFound,
                vault is null ? $"-SecretName '{name}': no vault is registered." : $"-VaultName: there is no vault '{vault}'.",
                "Get-SecretVault lists the vaults of this account; Register-SecretVault makes one known.");
        }

        ErrorRecord? other = errors.Find(error => !Is(error, "GetSecretNotFound"));
        return other is null ? NotFound(name, vault) : Failures.Invalid($"-SecretName '{name}': the vault says: {other}", "Try Get-Secret by itself.");
    }

    private static ChatServiceException NotFound(string name, string? vault) => new(
        ErrorIds.SecretNotFound,
        vault is null ? $"-SecretName: no vault has a secret '{name}'." : $"-SecretName: the vault '{vault}' has no secret '{name}'.",
        "Get-SecretInfo lists the secrets; Set-Secret adds one.");

    private static bool Is(ErrorRecord error, string id) => error.FullyQualifiedErrorId.Split(',')[0] == id;

    // The type of the module's own exception cannot be named here. Vaults of others say it in words.
    private static bool IsLocked(ErrorRecord error)
    {
        for (Exception? exception = error.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception.GetType().Name == "PasswordRequiredException" || exception.Message.Contains("locked", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasVaults() => Invoke(Module + "\\Get-SecretVault", [], [], out object? vault) && vault is not null;

    private static bool Invoke(string command, (string Name, object Value)[] parameters, List<ErrorRecord> errors, out object? result)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        shell.AddParameter("ErrorAction", ActionPreference.Continue);
        result = null;
        try
        {
            result = shell.Invoke().FirstOrDefault()?.BaseObject;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            errors.Add(exception.ErrorRecord ?? new ErrorRecord(exception, "Failed", ErrorCategory.NotSpecified, null));
        }

        errors.AddRange(shell.Streams.Error);
        return errors.Count == 0;
    }
}
