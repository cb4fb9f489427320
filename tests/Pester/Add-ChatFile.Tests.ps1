BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Add-ChatFile' {
    BeforeEach {
        Connect-TestSandbox
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory
        'one', 'two', 'three' | ForEach-Object { Set-Content (Join-Path $folder "$_.txt") $_ }
    }

    It 'gives a file to the service, and tells what it keeps' {
        $file = Add-ChatFile (Join-Path $folder one.txt)
        $file | Should -BeOfType ChatPS.ChatFile
        $file.FileName | Should -Be 'one.txt'
        $file.Purpose | Should -Be 'user_data'
        $file.Bytes | Should -Be (Get-Item (Join-Path $folder one.txt)).Length
        $file.Connection | Should -Be 'Test'
        (Get-TestRequest).Path | Should -Be '/v1/files'
    }

    It 'takes files of Get-ChildItem in their order, and patterns' {
        (Get-ChildItem $folder | Sort-Object Name | Add-ChatFile).FileName | Should -Be 'one.txt', 'three.txt', 'two.txt'
        (Add-ChatFile (Join-Path $folder 't*.txt') | Sort-Object FileName).FileName | Should -Be 'three.txt', 'two.txt'
    }

    It 'tells purpose, name and life' {
        $file = Add-ChatFile (Join-Path $folder one.txt) -Purpose vision -Name other.txt -ExpiresAfter 2.00:00:00
        $file.Purpose | Should -Be 'vision'
        $file.FileName | Should -Be 'other.txt'
        ($file.ExpiresAt - $file.CreatedAt).TotalDays | Should -Be 2
    }

    It 'sends what is too large in parts' {
        Connect-TestSandbox @{ Limit = @{ FileBytes = 1MB } }
        $path = Join-Path $folder large.txt
        [IO.File]::WriteAllText($path, 'x' * 3MB)
        (Add-ChatFile $path).Bytes | Should -Be 3MB
        (Get-TestRequest).Path | Where-Object { $_ -like '*/complete' } | Should -HaveCount 1
    }

    It 'says of one item what is wrong, and goes on' {
        $files = 'nothing.txt', (Join-Path $folder one.txt) | Add-ChatFile -ErrorAction SilentlyContinue -ErrorVariable e
        $files.FileName | Should -Be 'one.txt'
        $e | Should -HaveCount 1
        $e[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $e[0].TargetObject | Should -Be 'nothing.txt'
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'a life of ticks'; Arguments = @{ ExpiresAfter = 3600 }; Message = '*-ExpiresAfter*an hour*' }
        @{ What = 'an object that is no file'; Arguments = @{ Path = 42 }; Message = '*Int32*' }
        @{ What = 'a pattern that nothing fits'; Arguments = @{ Path = '*.nothing' }; Message = '*no file fits*' }
    ) {
        $all = @{ Path = Join-Path $folder one.txt }
        foreach ($argument in $Arguments.Keys) { $all[$argument] = $Arguments[$argument] }
        Add-ChatFile @all -ErrorAction SilentlyContinue -ErrorVariable e | Should -BeNullOrEmpty
        $e[0].Exception.Message | Should -BeLike $Message
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'gives one name to one file only, and sends none of several' {
        { Get-ChildItem $folder | Add-ChatFile -Name a.txt -ErrorAction Stop } | Should -Throw '*-Name is the name of one file*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf' {
        Add-ChatFile (Join-Path $folder one.txt) -WhatIf | Should -BeNullOrEmpty
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'runs as a job' {
        $job = Get-ChildItem $folder | Add-ChatFile -AsJob
        ($job | Receive-Job -Wait -AutoRemoveJob).Count | Should -Be 3
    }

    It 'serves <Dialect> in its own form' -ForEach @(
        @{ Dialect = 'Anthropic'; Id = 'file_*' }
        @{ Dialect = 'Gemini'; Id = 'files/*' }
        @{ Dialect = 'AzureOpenAI'; Id = 'file-*' }
    ) {
        Connect-ChatService -Sandbox -Dialect $Dialect -Name Vendor
        $file = Add-ChatFile (Join-Path $folder one.txt) -Connection Vendor
        $file.Id | Should -BeLike $Id
        $file.FileName | Should -Be 'one.txt'
        ($file | Get-ChatFile).Bytes | Should -Be $file.Bytes
        $file | Remove-ChatFile
        Get-ChatFile -Connection Vendor | Should -BeNullOrEmpty
        Disconnect-ChatService Vendor
        Stop-ChatSandbox Vendor
    }

    It 'gives an id that a question names' {
        $file = Add-ChatFile (Join-Path $folder one.txt)
        $null = Invoke-ChatCompletion 'What is it?' -FileId $file.Id
        (Get-TestRequest)[-1].Body | Should -BeLike "*$($file.Id)*"
    }
}
