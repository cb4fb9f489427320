BeforeAll {
    . $PSScriptRoot/common.ps1
    $sandbox = Start-ChatSandbox Test -RequireKey sk-test-good
}

AfterAll {
    Clear-Test
}

Describe 'A key from a variable' {
    AfterEach {
        $env:ANY_TEST_KEY = $null
    }

    It 'is read when the connection is made' {
        $env:ANY_TEST_KEY = 'sk-test-good'
        (Connect-ChatService $sandbox.BaseUri -ApiKeyVariable ANY_TEST_KEY -PassThru).KeySource | Should -Be 'ANY_TEST_KEY'
        (Get-ChatModel).Count | Should -BeGreaterThan 0
    }

    It 'must be there' {
        "$(@(Get-Failure { Connect-ChatService $sandbox.BaseUri -ApiKeyVariable ANY_TEST_KEY })[0])" | Should -BeLike "*-ApiKeyVariable*'ANY_TEST_KEY' is not set*"
    }
}

Describe 'A key in the wrong place' {
    It 'is not repeated by the error of <What>' -ForEach @(
        @{ What = '-ApiKeyVariable'; Connect = { Connect-ChatService https://api.example.com -ApiKeyVariable 'sk-test-0123456789' } }
        @{ What = '-ApiKeyVariable, of another look'; Connect = { Connect-ChatService https://api.example.com -ApiKeyVariable 'a81c0de4f7b2493a9f1e2d3c4b5a6978' } }
        @{ What = '-BaseUri'; Connect = { Connect-ChatService 'sk-test-0123456789' } }
        @{ What = '-Provider'; Connect = { Connect-ChatService -Provider 'sk-test-0123456789' } }
    ) {
        $failure = @(Get-Failure $Connect)[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $shown = "$failure $($failure.Exception.Message) $(Get-Advice $failure) $($failure.CategoryInfo)"
        $shown | Should -Not -Match 'sk-test-0123456789|a81c0de4f7b2493a'
        Get-Advice $failure | Should -BeLike '*-ApiKey*'
    }

    It 'is told from a host name without a scheme' {
        "$(@(Get-Failure { Connect-ChatService llm-gateway-01.corp.example.com })[0])" | Should -BeLike "*'llm-gateway-01.corp.example.com' has no scheme*"
    }

    It 'is not saved with a script' {
        Connect-ChatService $sandbox.BaseUri -Name Literal -ApiKeyScript { 'sk-test-good' }
        $failure = @(Get-Failure { Save-ChatConnection Literal })[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*-ApiKeyVariable*'
        Get-ChatConnection -Saved | Where-Object Name -EQ Literal | Should -BeNullOrEmpty
        Disconnect-ChatService Literal
    }
}

Describe 'A key from a script' {
    It 'can be <What>' -ForEach @(
        @{ What = 'text'; Script = { 'sk-test-good' } }
        @{ What = 'a secure string'; Script = { ConvertTo-SecureString 'sk-test-good' -AsPlainText -Force } }
        @{ What = 'a token as Azure gives it'; Script = { [pscustomobject] @{ Token = 'sk-test-good'; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } } }
        @{ What = 'a secure token'; Script = { [pscustomobject] @{ Token = (ConvertTo-SecureString 'sk-test-good' -AsPlainText -Force); ExpiresOn = [DateTime]::UtcNow.AddHours(1) } } }
    ) {
        $connection = Connect-ChatService $sandbox.BaseUri -ApiKeyScript $Script -PassThru
        $connection.KeySource | Should -Be 'Script'
        (Get-ChatModel).Count | Should -BeGreaterThan 0
        $connection | ConvertTo-Json | Should -Not -BeLike '*sk-test*'
    }

    It 'is asked for once, and again after 401' {
        $path = Join-Path $TestDrive 'count.txt'
        $script = [scriptblock]::Create("Add-Content '$path' x; if (@(Get-Content '$path').Count -eq 1) { 'sk-test-old' } else { 'sk-test-good' }")
        Connect-ChatService $sandbox.BaseUri -ApiKeyScript $script -Model sandbox-mini -MaxRetry 0
        Test-Path $path | Should -BeFalse -Because 'it is asked for when it is needed'
        $answers = 'a', 'b', 'c', 'd' | Invoke-ChatCompletion -Verbose 4>&1
        @($answers | Where-Object { $_ -is [ChatPS.ChatCompletion] }).Count | Should -Be 4
        "$answers" | Should -Not -BeLike '*sk-test*'
        @(Get-Content $path).Count | Should -Be 2
    }

    It 'fails with the script''s error: <What>' -ForEach @(
        @{ What = 'it throws'; Script = { throw 'sign in first' }; Like = '*sign in first*' }
        @{ What = 'it gives nothing'; Script = { }; Like = '*nothing*' }
        @{ What = 'it gives two'; Script = { 'sk-test-1'; 'sk-test-2' }; Like = '*2 objects*' }
        @{ What = 'it gives something else'; Script = { Get-Date }; Like = '*DateTime*' }
        @{ What = 'it gives an empty text'; Script = { '' }; Like = '*empty key*' }
        @{ What = 'its time is none'; Script = { [pscustomobject] @{ Token = 'sk-test-1'; ExpiresOn = 'soon' } }; Like = '*ExpiresOn*soon*' }
        @{ What = 'its key cannot be sent'; Script = { "sk-test-1`r`nX: 1" }; Like = '*line break*' }
    ) {
        Connect-ChatService $sandbox.BaseUri -ApiKeyScript $Script
        $failure = @(Get-Failure { Get-ChatModel })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        "$($failure[0])" | Should -BeLike $Like
        "$($failure[0].Exception)" | Should -Not -BeLike '*sk-test*'
    }

    It 'goes to a parameter of its own' {
        "$(@(Get-Failure { Connect-ChatService $sandbox.BaseUri -ApiKey { 'x' } })[0])" | Should -BeLike '*-ApiKeyScript*'
    }
}

Describe 'Several keys' {
    It 'are refused' {
        "$(@(Get-Failure { Connect-ChatService $sandbox.BaseUri -ApiKey sk-test-1 -ApiKeyVariable X })[0])" | Should -BeLike '*-ApiKey and -ApiKeyVariable*'
        "$(@(Get-Failure { Connect-ChatService $sandbox.BaseUri -VaultName Team })[0])" | Should -BeLike '*-SecretName*'
    }
}

Describe 'A key from a vault' {
    BeforeAll {
        # Behaves as Microsoft.PowerShell.SecretManagement does: the same ids, the same kinds of error.
        $modules = Join-Path $TestDrive 'modules'
        $folder = New-Item -ItemType Directory (Join-Path $modules 'Microsoft.PowerShell.SecretManagement')
        Set-Content (Join-Path $folder 'Microsoft.PowerShell.SecretManagement.psm1') @'
class PasswordRequiredException : InvalidOperationException {
    PasswordRequiredException([string] $message) : base($message) { }
}

function New-Record($Exception, $Id, $Category) {
    [Management.Automation.ErrorRecord]::new($Exception, $Id, $Category, $null)
}

function Get-SecretVault {
    [CmdletBinding()] param([string] $Name)
    if (-not $env:CHATPS_TEST_NO_VAULT) { [pscustomobject] @{ Name = 'Team' }, [pscustomobject] @{ Name = 'Shut' } }
}

function Get-Secret {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $Name, [string] $Vault)
    if ($env:CHATPS_TEST_NO_VAULT) {
        Write-Warning 'There are currently no extension vaults registered.'
    }

    if ($Vault -and ($env:CHATPS_TEST_NO_VAULT -or $Vault -notin 'Team', 'Shut')) {
        $PSCmdlet.ThrowTerminatingError((New-Record ([Management.Automation.PSInvalidOperationException]::new("Vault not found in registry: $Vault")) 'GetSecretVaultNotFound' ObjectNotFound))
    }

    if ($Vault -eq 'Shut') {
        $PSCmdlet.WriteError((New-Record ([PasswordRequiredException]::new('A valid password is required to access the store.')) 'GetSecretException' InvalidOperation))
        return
    }

    switch ($Name) {
        'Good' { if (-not $env:CHATPS_TEST_NO_VAULT) { ConvertTo-SecureString 'sk-test-good' -AsPlainText -Force; return } }
        'Table' { @{ a = 1 }; return }
        'Broken' { $PSCmdlet.WriteError((New-Record ([Management.Automation.PSInvalidOperationException]::new('Unable to get secret Broken from vault Team')) 'GetSecretInvalidOperation' InvalidOperation)) }
    }

    $PSCmdlet.WriteError((New-Record ([Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.")) 'GetSecretNotFound' ObjectNotFound))
}
'@
        $SavedModulePath = $env:PSModulePath
    }

    BeforeEach {
        $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $SavedModulePath
    }

    AfterEach {
        $env:PSModulePath = $SavedModulePath
        $env:CHATPS_TEST_NO_VAULT = $null
        Get-Module Microsoft.PowerShell.SecretManagement | Remove-Module
    }

    It 'is fetched when the connection is made' {
        (Connect-ChatService $sandbox.BaseUri -SecretName Good -VaultName Team -PassThru).KeySource | Should -Be 'Secret Good in Team'
        (Get-ChatModel).Count | Should -BeGreaterThan 0
        (Connect-ChatService $sandbox.BaseUri -SecretName Good -PassThru).KeySource | Should -Be 'Secret Good'
    }

    It 'has an error of its own: <Id>, <What>' -ForEach @(
        @{ What = 'a vault that is not there'; Id = 'VaultNotFound'; Category = 'ObjectNotFound'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Good -VaultName Nowhere } }
        @{ What = 'a vault that is locked'; Id = 'VaultLocked'; Category = 'AuthenticationError'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Good -VaultName Shut } }
        @{ What = 'a secret that is not there'; Id = 'SecretNotFound'; Category = 'ObjectNotFound'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Nothing -VaultName Team } }
        @{ What = 'a secret in no vault'; Id = 'SecretNotFound'; Category = 'ObjectNotFound'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Nothing } }
        @{ What = 'no vault at all'; Id = 'VaultNotFound'; Category = 'ObjectNotFound'; Script = { $env:CHATPS_TEST_NO_VAULT = '1'; Connect-ChatService $sandbox.BaseUri -SecretName Good } }
        @{ What = 'a secret that is no key'; Id = 'InvalidRequest'; Category = 'InvalidArgument'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Table } }
        @{ What = 'a vault that fails'; Id = 'InvalidRequest'; Category = 'InvalidArgument'; Script = { Connect-ChatService $sandbox.BaseUri -SecretName Broken } }
    ) {
        $failure = @(Get-Failure $Script | Where-Object { $_.FullyQualifiedErrorId -like '*ConnectChatServiceCommand' })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure[0].CategoryInfo.Category | Should -Be $Category
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'needs the module' -Skip:([bool] (Get-Module Microsoft.PowerShell.SecretManagement -ListAvailable)) {
        $env:PSModulePath = $SavedModulePath
        $failure = @(Get-Failure { Connect-ChatService $sandbox.BaseUri -SecretName Good })
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'SecretModuleMissing,*'
        $failure[0].CategoryInfo.Category | Should -Be 'NotInstalled'
        Get-Advice $failure[0] | Should -BeLike '*Install-PSResource*'
    }
}
