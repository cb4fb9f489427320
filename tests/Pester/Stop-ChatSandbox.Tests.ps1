BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Stop-ChatSandbox' {
    BeforeEach {
        $sandboxes = 'One', 'Two', 'Three' | ForEach-Object { Start-ChatSandbox $_ }
    }

    AfterEach {
        Stop-ChatSandbox
    }

    It 'stops all' {
        Stop-ChatSandbox
        $listeners = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners().Port
        $sandboxes.Port | Where-Object { $_ -in $listeners } | Should -BeNullOrEmpty
    }

    It 'stops by name, wildcard and pipeline' {
        Stop-ChatSandbox one
        @(Get-Failure { Get-ChatSandboxRequest One }).Count | Should -Be 1
        @(Get-Failure { Get-ChatSandboxRequest Two, Three }).Count | Should -Be 0
        Stop-ChatSandbox Tw*
        @(Get-Failure { Get-ChatSandboxRequest Two }).Count | Should -Be 1
        $sandboxes[2] | Stop-ChatSandbox
        @(Get-Failure { Get-ChatSandboxRequest Three }).Count | Should -Be 1
    }

    It 'stops nothing with -WhatIf' {
        Stop-ChatSandbox -WhatIf
        @(Get-Failure { Get-ChatSandboxRequest One, Two, Three }).Count | Should -Be 0
    }

    It 'says that there is no such sandbox' {
        $failure = @(Get-Failure { Stop-ChatSandbox nowhere })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'does not wait for clients that are connected, nor for answers that are due' {
        Connect-TestSandbox @{ Fault = 'Silence' }
        $shell = New-TestShell
        $run = $shell.AddScript('Invoke-ChatCompletion hi -Connection Test -ErrorAction Stop').BeginInvoke()
        Wait-Until { Get-TestRequest }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Stop-ChatSandbox Test
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.5
        { $shell.EndInvoke($run) } | Should -Throw
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
}
