using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ChatPS.Module;

/// <summary>
/// Makes the runspaces in which script of the user runs beside the user's session. Nothing of that session is there but its
/// language mode: what a session may not do, no command of ours does for it.
/// </summary>
internal static class OwnRunspace
{
    /// <summary>Opens one.</summary>
    /// <param name="languageMode">The language mode of the session that it is for.</param>
    /// <param name="state">What is in it; null for the least.</param>
    /// <returns>The runspace, to dispose.</returns>
    public static Runspace Open(PSLanguageMode languageMode, InitialSessionState? state = null)
    {
        state ??= InitialSessionState.CreateDefault2();
        state.LanguageMode = languageMode;
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }
}
